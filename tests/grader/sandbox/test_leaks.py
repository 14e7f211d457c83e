"""No secret is inherited: a box reads all that it can, and finds nothing of what was planted around it."""

import os
import secrets
import tempfile
from pathlib import Path

import numpy as np
import pytest

from grader.sandbox import Answer, Limits, Runtime, Sandbox

ROOMY = Limits(cpu_s=60, wall_s=60, load_s=60, memory_mb=512, disk_mb=4)
MASK = 0x5A  # what is sought is sent masked, so that the search does not find itself

# Runs in the box. Memory is read as native code could: the kernel copies a page into a file, or says that it
# cannot. It walks both ways from each address that anything leads to, over small gaps.
SEARCH = """
import ctypes, gc, os, sys
import numpy as np

libc = ctypes.CDLL(None, use_errno=True)
for name in ("pwrite", "pread"):
    getattr(libc, name).argtypes = (ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_long)
libc.memmem.restype = ctypes.c_void_p
libc.memmem.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t)
PAGE, GAP, MASK = 4096, 64, 0x5A
page, masked = np.zeros(PAGE, np.uint8), np.zeros(PAGE + 64, np.uint8)
own = {one.ctypes.data // PAGE + i for one in (page, masked) for i in (0, 1)}
copy = os.open("copy", os.O_RDWR | os.O_CREAT)
held = []


def hit(needles, n):
    np.bitwise_xor(page[:n], MASK, out=masked[64 : 64 + n])
    found = [i for i, one in enumerate(needles) if libc.memmem(masked.ctypes.data, 64 + n, one, len(one))]
    masked[:64] = masked[n : n + 64]  # what lies across two pages
    return found


def readable(number):
    return number > 15 and libc.pwrite(copy, number * PAGE, PAGE, 0) == PAGE


def anchors():
    gc.unfreeze()
    everything = gc.get_objects()
    known = {id(one) for one in everything} | {id(one) for one in gc.get_referents(*everything)}
    known |= {one.ctypes.data for one in gc.get_referents(*everything) if type(one) is np.ndarray}
    for library in (libc, ctypes.CDLL(np._core._multiarray_umath.__file__), ctypes.pythonapi):
        for name in ("malloc", "environ", "__libc_argv", "PyInit__multiarray_umath", "_PyRuntime"):
            try:
                at = ctypes.addressof(ctypes.c_char.in_dll(library, name))
            except ValueError:
                continue
            known |= {at, ctypes.c_void_p.from_address(at).value or 0}
    known.add(ctypes.cast(libc.malloc(100), ctypes.c_void_p).value & (2**63 - 1))
    return sorted({address // PAGE for address in known})


def memory(needles):
    seen, found = set(), []
    for start in anchors():
        for step in (1, -1):
            number, missed, masked[:64] = start, 0, 0
            while missed < GAP and number not in seen:
                seen.add(number)
                if not readable(number):
                    missed += 1
                elif number not in own:
                    missed = 0
                    libc.pread(copy, page.ctypes.data, PAGE, 0)
                    found += [(i, "memory") for i in hit(needles, PAGE)]
                number += step
            seen.discard(start)
    return found, len(seen)


def descriptors(needles):
    found = []
    for fd in range(1024):
        offset, masked[:64] = 0, 0
        while fd not in (3, copy) and offset < 1 << 24:
            n = libc.pread(fd, page.ctypes.data, PAGE, offset)
            if n <= 0:
                break
            found += [(i, f"descriptor {fd}") for i in hit(needles, n)]
            offset += n
    return found


def files(needles):
    found, seen = [], 0
    for folder, folders, names in os.walk("/"):
        folders[:] = [one for one in folders if one not in ("lib-dynload", "torch")]
        for name in (*folders, *names):
            data = np.frombuffer(f"{folder}/{name}".encode()[:PAGE], np.uint8)
            page[: len(data)] = data
            found += [(i, "a name") for i in hit(needles, len(data))]
        for name in names:
            path = f"{folder}/{name}"
            if name == "copy" or path.startswith("/dev/") or name.endswith((".so", ".a", ".pyc")):
                continue
            try:
                fd = os.open(path, os.O_RDONLY)
            except OSError:
                continue
            seen += 1
            offset, masked[:64] = 0, 0
            while offset < 1 << 20 and (n := libc.pread(fd, page.ctypes.data, PAGE, offset)) > 0:
                found += [(i, path) for i in hit(needles, n)]
                offset += n
            os.close(fd)
    return found, seen


def environment(needles):
    found = []
    for key, value in os.environ.items():
        data = np.frombuffer(f"{key}={value}".encode()[:PAGE], np.uint8)
        page[: len(data)] = data
        found += [(i, "environment") for i in hit(needles, len(data))]
    return found


def search(masked_needles):
    needles = [bytes(one) for one in masked_needles]
    in_memory, pages = memory(needles)
    in_files, count = files(needles)
    return [*in_memory, *descriptors(needles), *in_files, *environment(needles)], pages, count
"""


def marker():
    return secrets.token_hex(20)


def masked(word):
    return [byte ^ MASK for byte in word.encode()]


def searched(box, words):
    """Where the box finds each of the words."""
    reply = box.call("search", [masked(word) for word in words])
    assert isinstance(reply, Answer), reply
    found, pages, count = reply.value
    assert pages > 2000  # 8 MB: more than an interpreter's own
    assert count > 300
    return {(words[i], where) for i, where in found}


@pytest.fixture
def planted(tmp_path, monkeypatch):
    """Words that lie wherever the judge has anything, and a sandbox that is started beside them."""
    words = {
        name: marker() for name in ("environment", "memory", "array", "freed", "descriptor", "tmp", "name")
    }
    monkeypatch.setenv("NABLA_PLANTED", words["environment"])
    held = [words["memory"], np.frombuffer(words["array"].encode(), np.uint8).copy(), words["freed"] * 1000]
    held.pop()
    file = tmp_path / words["name"]
    file.write_text(words["descriptor"])
    descriptor = os.open(file, os.O_RDONLY)
    os.set_inheritable(descriptor, True)
    left = Path(tempfile.gettempdir(), f"nabla-planted-{os.getpid()}")
    left.write_text(words["tmp"])
    with Sandbox() as own:
        yield own, words, held
    left.unlink()
    os.close(descriptor)


def test_a_box_finds_nothing_of_the_judge_nor_of_another_box(sandbox, planted):
    own, words, _held = planted
    for name in ("source", "input", "printed", "file", "expected", "large"):
        words[name] = marker()
    earlier = own.box(Runtime.NUMPY, limits=ROOMY)
    earlier.load(
        f"# {words['source']}\ndef f(x, y):\n    print(x)\n    open('left', 'w').write(x)\n    return y\n"
    )
    earlier.call("f", words["printed"], words["input"])
    large = np.frombuffer(words["large"].encode() * 10_000, np.uint8)
    earlier.call("f", words["file"], large)
    author = own.box(Runtime.NUMPY, limits=ROOMY)
    author.load(f"expected = {words['expected']!r}\n", module="reference")
    own.keep("author", author)
    earlier.close()

    with own.box(Runtime.NUMPY, limits=ROOMY) as box:
        box.load(SEARCH)
        assert searched(box, list(words.values())) == set()


def test_the_search_finds_what_a_box_has(sandbox, planted):
    own, _words, _held = planted
    words = {name: marker() for name in ("source", "variable", "file", "environment", "sent", "name")}
    with own.box(Runtime.NUMPY, limits=ROOMY) as box:
        box.load(
            "import os\ndef leave(text, name):\n    open(name, 'w').write(text)\n"
            "def set_environment(text):\n    os.environ['LEFT'] = text\n",
            module="more",
        )
        box.load(f"# {words['source']}\n{SEARCH}\ndef put(*x): held.extend(x)\n")
        box.call("put", words["variable"])
        box.call("leave", words["file"], words["name"])
        box.call("set_environment", words["environment"])
        box.call("put", np.frombuffer(words["sent"].encode() * 10_000, np.uint8))
        found = searched(box, list(words.values()))
    places = {name: {where for word, where in found if word == words[name]} for name in words}
    assert "memory" in places["source"] & places["variable"]
    assert places["sent"] == {"descriptor 4", "memory"}
    assert any(where.endswith(words["name"]) for where in places["file"])
    assert "a name" in places["name"]
    assert "environment" in places["environment"]


def test_a_template_has_seen_nothing_after_many_boxes(sandbox, planted):
    own, words, _held = planted
    words["source"], words["input"] = marker(), marker()
    for _ in range(5):
        with own.box(Runtime.NUMPY, limits=ROOMY) as box:
            box.load(f"# {words['source']}\ndef f(x): return x\n")
            box.call("f", words["input"])
    keeper = box.template._process.pid
    (template,) = Path(f"/proc/{keeper}/task/{keeper}/children").read_text().split()
    everything = b"".join(_memory(pid) for pid in (keeper, int(template)))
    assert b"OMP_NUM_THREADS" in everything  # the search works
    assert [name for name, word in words.items() if word.encode() in everything] == []


def _memory(pid):
    """All private memory of a process, with its arguments, environment and descriptors' names."""
    folder = Path(f"/proc/{pid}")
    parts = [(folder / "environ").read_bytes(), (folder / "cmdline").read_bytes()]
    parts += [os.readlink(one).encode() for one in (folder / "fd").iterdir()]
    with (folder / "mem").open("rb", buffering=0) as mem:
        for line in (folder / "maps").read_text().splitlines():
            span, access, *_ = line.split()
            if access.startswith("rw"):
                start, end = (int(part, 16) for part in span.split("-"))
                mem.seek(start)
                parts.append(mem.read(end - start) or b"")
    return b"".join(parts)


def test_a_box_does_not_know_how_the_one_before_it_ended(sandbox):
    source = """
import sys
def f():
    reap = sys.modules["inside.template"]._kept[0].reap
    return [reap._status.value, *reap._usage.raw]
"""
    for _ in range(3):  # one that was forked ahead knows of none
        with sandbox.box(Runtime.NUMPY, limits=ROOMY) as box:
            box.load(source)
            assert set(box.call("f").value) == {0}
