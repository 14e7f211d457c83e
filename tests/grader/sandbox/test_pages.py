"""What a template does to its memory so that its boxes copy few pages; each in a process of its own."""

import subprocess
import sys
from pathlib import Path

_PACKAGE = Path(__file__).parents[3] / "grader" / "sandbox"
_START = f"""
import os, resource, sys
sys.path.insert(0, {str(_PACKAGE)!r})
from inside import pages
proc = os.open("/proc", os.O_PATH | os.O_DIRECTORY)
"""


def _run(script):
    done = subprocess.run([sys.executable, "-c", _START + script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


_HOLES = """
many = [bytes(67) for _ in range(20_000)]
del many[::2]
{then}
new = [bytes(67) for _ in range(20)]
print(len({{id(one) // 4096 for one in new}}), max(map(id, new)) - min(map(id, new)))
"""


def test_new_objects_lie_together_where_the_holes_are_filled():
    # freed blocks are used again one pool after the other, the last that was freed first
    pages_with_holes, _ = map(int, _run(_HOLES.format(then="many = many[::-1]; del many[::100]")))
    pages, spread = map(int, _run(_HOLES.format(then="del many[::100]; pages.fill_holes()")))
    assert pages == 1 < pages_with_holes
    assert spread == 19 * 112  # each beside the one before


_CODE = """
import numpy
def work():
    numpy.linalg.svd(numpy.ones((3, 3)))
    numpy.fft.fft(numpy.ones(8))
work()
{then}
work()
def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt
reader, writer = os.pipe()
if os.fork() == 0:
    before = faults()
    work()
    os.write(writer, str(faults() - before).encode())
    os._exit(0)
print(os.read(reader, 100).decode())
"""


def test_a_fork_runs_inherited_code_with_fewer_faults():
    (without,) = map(int, _run(_CODE.format(then="")))
    (inherited,) = map(int, _run(_CODE.format(then="pages.inherit_code(proc, below='/')")))
    assert inherited < 0.8 * without


def test_code_that_was_changed_when_it_was_loaded_is_left_as_it_is():
    script = """
import ctypes, mmap, tempfile
with tempfile.NamedTemporaryFile() as file:
    file.write(bytes(2 * mmap.PAGESIZE)); file.flush()
    code = mmap.mmap(file.fileno(), 0, flags=mmap.MAP_PRIVATE, prot=mmap.PROT_READ | mmap.PROT_WRITE)
    code[0] = 1
    place = ctypes.addressof(ctypes.c_char.from_buffer(code))
    pages.kernel._libc.mprotect(place, len(code), mmap.PROT_READ | mmap.PROT_EXEC)
    pages.inherit_code(proc, below=file.name)
    print(ctypes.string_at(place, 1)[0])
    {also}
    print(ctypes.string_at(place, 1)[0])
"""
    assert _run(script.format(also="")) == ["1", "1"]
    forced = "pages.kernel.own_and_forget_code(place, len(code))"
    assert _run(script.format(also=forced)) == ["1", "0"]  # so the change would have been lost
