"""What a box can see, reach and keep: markers are planted outside, and looked for inside."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from grader.outcome import Outcome
from grader.sandbox import Answer, Ended, Level, Limits, Raised, Runtime, Sandbox
from grader.sandbox.inside import kernel

MARKER = "planted-" + "marker-5d1c"  # in two parts, so that this file's own bytecode is not found


@pytest.fixture(scope="module")
def surrounded(sandbox, tmp_path_factory):
    """A sandbox whose judge holds secrets in every place that a child could inherit."""
    folder = tmp_path_factory.mktemp("secrets")
    (folder / "secret").write_text(MARKER)
    file = (folder / "secret").open()
    os.set_inheritable(file.fileno(), True)
    listener = socket.socket()
    listener.set_inheritable(True)
    os.environ["NABLA_SECRET_KEY"] = MARKER
    with file, listener, Sandbox() as made:
        yield made
    del os.environ["NABLA_SECRET_KEY"]


def memory_of(pid):
    """Everything readable in a process; only root may look."""
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in maps:
            span, access, *_ = line.split()
            if access.startswith("r") and "[v" not in line:
                start, end = (int(part, 16) for part in span.split("-"))
                memory.seek(start)
                try:
                    yield memory.read(end - start)
                except OSError:
                    continue


def holds(pid, text):
    return any(text.encode() in part for part in memory_of(pid))


@pytest.fixture
def as_root():
    if os.geteuid() != 0:
        pytest.skip("not tested: only root reads the memory of a box from outside")


@pytest.mark.parametrize("runtime", list(Runtime))
def test_no_secret_of_the_judges_is_in_the_memory_of_a_box(surrounded, as_root, runtime):
    with surrounded.box(runtime) as box:
        box.load(f"here = {MARKER[::-1]!r}")
        assert holds(box.pid, MARKER[::-1])  # the search finds what is there
        assert not holds(box.pid, MARKER)


def test_nothing_of_one_submission_is_in_the_memory_of_the_next(surrounded, as_root):
    other = "another" + "-students-source-77"
    with surrounded.box(Runtime.NUMPY) as first:
        first.load(f"x = {other!r} * 3\ndef f(a): return a")
        first.call("f", other)
    for _ in range(2):  # the first of these was forked before the other ended
        with surrounded.box(Runtime.NUMPY) as second:
            second.load("pass")
            assert not holds(second.pid, other)


def test_environment_descriptors_and_arguments_are_clean(surrounded):
    source = (
        "import os, sys\n"
        "def look():\n"
        "    fds = []\n"
        "    for fd in range(256):\n"
        "        try: os.fstat(fd)\n"
        "        except OSError: continue\n"
        "        fds.append(fd)\n"
        "    return dict(os.environ), fds, sys.argv, sys.path\n"
    )
    with surrounded.box(Runtime.NUMPY) as box:
        box.load(source)
        environment, descriptors, _, path = box.call("look").value
    assert MARKER not in str(environment)
    assert not {name for name in environment if name.startswith("NABLA")}
    assert descriptors == [0, 1, 2, 3, 4, 5]
    assert not [entry for entry in path if ".venv" in entry or "grader" in entry]


def test_no_frame_of_the_template_is_below_a_students(surrounded):
    source = (
        "import gc, sys\n"
        "def look():\n"
        "    frame, names = sys._getframe(), []\n"
        "    while frame:\n"
        "        names += [frame.f_code.co_name, *map(str, frame.f_locals)]\n"
        "        frame = frame.f_back\n"
        "    return names\n"
    )
    with surrounded.box(Runtime.NUMPY) as box:
        box.load(source)
        names = box.call("look").value
    assert not {"control", "nursery", "config", "boxes"} & set(names)


@pytest.mark.parametrize(
    "module", ["torch", "django", "grader", "pytest", "celery", "pip", "sympy", "setuptools"]
)
def test_the_numpy_runtime_imports_the_standard_library_and_numpy_only(run, module):
    reply = run(f"import {module}")
    assert isinstance(reply, Raised)
    assert reply.type_name == "ModuleNotFoundError"


def test_no_file_of_torch_is_in_the_numpy_tree(run, namespaces):
    source = (
        "import os\n"
        "for folder, folders, files in os.walk('/'):\n"
        "    for name in folders + files:\n"
        "        assert 'torch' not in name.lower() and name not in ('django', 'pip'), (folder, name)\n"
    )
    assert run(source, limits=Limits()).value is None


@pytest.mark.parametrize("module", ["django", "grader", "pytest", "celery", "pip"])
def test_the_torch_runtime_has_torch_and_what_it_needs(sandbox, module):
    with sandbox.box(Runtime.TORCH) as box:
        assert box.load("import torch, numpy, sympy", module="a").value is None
        assert isinstance(box.load(f"import {module}"), Raised)


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "/proc/self/environ",
        "/proc/1/mem",
        "/sys/kernel",
        "/dev/shm",
        "/tmp",
        "/home",
        "/old",
        "/new",
    ],
)
def test_the_hosts_files_are_not_there(run, namespaces, path):
    if sys.base_prefix.startswith(path + "/"):
        pytest.skip(f"not tested: the interpreter itself lies below {path}")
    reply = run(f"import os\nos.stat({path!r})")
    assert isinstance(reply, Raised)
    assert reply.type_name == "FileNotFoundError"


def test_the_checkout_is_not_there(run, namespaces):
    reply = run(f"import os\nos.listdir({str(Path(__file__).parent)!r})")
    assert reply.type_name == "FileNotFoundError"


@pytest.mark.parametrize(
    "path", ["/x", "/site/x", "/site/numpy/__init__.py", "/nabla/inside/box.py", os.__file__]
)
def test_nothing_of_the_tree_can_be_written(run, path):
    reply = run(f"open({path!r}, 'a')")
    assert isinstance(reply, Raised)
    assert reply.type_name in ("OSError", "PermissionError", "FileNotFoundError")


def test_a_box_finds_nothing_that_another_left(sandbox):
    for _ in range(3):
        with sandbox.box(Runtime.NUMPY) as box:
            reply = box.load(
                "import os, builtins, numpy\n"
                "assert os.listdir('.') == [] and not hasattr(numpy, 'left')\n"
                "open('left', 'w').write('x')\nnumpy.left = builtins.left = 1\n"
            )
            assert reply.value is None


@pytest.mark.parametrize(
    "kind", ["mkfifo('x')", "mknod('x')", "symlink('/', 'x')", "link('y', 'x')", "chmod('y', 0o4777)"]
)
def test_no_trap_can_be_laid_in_the_scratch_directory(run, kind):
    reply = run(f"import os\nopen('y', 'w').close()\nos.{kind}")
    assert isinstance(reply, Ended)
    assert reply.outcome is Outcome.FORBIDDEN


def test_the_kernel_ends_a_box_before_its_judge_when_memory_is_short(sandbox):
    with sandbox.box(Runtime.NUMPY) as box:
        assert Path(f"/proc/{box.pid}/oom_score_adj").read_text() == "1000\n"


def test_a_box_has_no_identity_of_the_judges(sandbox, namespaces):
    with sandbox.box(Runtime.NUMPY) as box:
        box.load(
            "import os\ndef ids(): return os.getuid(), os.geteuid(), os.getgid(), os.getpid(), os.getppid()"
        )
        assert box.call("ids").value == (1000, 1000, 1000, 1, 0)
        status = Path(f"/proc/{box.pid}/status").read_text()
    if sandbox.level is Level.FULL:
        assert f"Uid:\t{os.getuid()}\t" not in status
    for line in ("CapEff:\t0000000000000000", "CapBnd:\t0000000000000000", "NoNewPrivs:\t1", "Seccomp:\t2"):
        assert line in status


CALLS = {
    "ptrace": "101, 0, 0, 0, 0",
    "process_vm_readv": "310, 1, 0, 0, 0, 0, 0",
    "mount": "165, 0, 0, 0, 0, 0",
    "pivot_root": "155, 0, 0",
    "chroot": "161, 0",
    "unshare": "272, 0x10000000",
    "setns": "308, 0, 0",
    "bpf": "321, 0, 0, 0",
    "perf_event_open": "298, 0, 0, 0, 0, 0",
    "userfaultfd": "323, 1",
    "io_uring_setup": "425, 1, 0",
    "keyctl": "250, 0, 0",
    "add_key": "248, 0, 0, 0, 0, 0",
    "init_module": "175, 0, 0, 0",
    "kexec_load": "246, 0, 0, 0, 0",
    "open_by_handle_at": "304, 0, 0, 0",
    "pidfd_getfd": "438, 0, 0, 0",
    "modify_ldt": "154, 0, 0, 0",
    "x32 getpid": "0x40000000 + 39",
}


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="not tested: the numbers are those of x86-64")
@pytest.mark.parametrize("call", CALLS)
def test_system_calls_that_no_solution_needs_end_the_box(run, call):
    reply = run(f"import ctypes\nctypes.CDLL(None).syscall({CALLS[call]})")
    assert isinstance(reply, Ended)
    assert reply.outcome is Outcome.FORBIDDEN


DENIED = {
    "memfd_create": "319, b'x', 0",
    "personality": "135, 0",
    "setuid": "105, 0",
    "kill": "62, 1, 9",
    "tgkill": "234, 2, 2, 9",
    "pidfd_open": "434, 1, 0",
    "seccomp": "317, 0, 0, 0",
    "prctl dumpable": "157, 4, 1, 0, 0, 0",
    "prlimit set": "302, 0, 0, 1, 0",
    "shmget": "29, 0, 4096, 0",
    "mq_open": "240, 0, 0, 0, 0",
    "socketpair": "53, 1, 1, 0, 0",
    "sendto": "44, 3, 0, 0, 0, 0, 0",
    "ioctl TIOCSTI": "16, 1, 0x5412, 0",
    "fcntl F_SETOWN": "72, 3, 8, 1",
    "fcntl F_SETFL O_DIRECT": "72, 0, 4, 0x4000",
    "open O_DIRECT": "2, b'/site', 0x4000, 0",
    "openat O_DIRECT": "257, -100, b'/site', 0x4000, 0",
    "mmap shared and no file's": "9, 0, 4096, 3, 0x21, -1, 0",
    "mmap of huge pages": "9, 0, 2 << 20, 3, 0x40022, -1, 0",
    "futex of a file": "202, 0, 1, 1, 0, 0, 0",
    "futex with priorities": "202, 0, 134, 1, 0, 0, 0",
    "madvise MADV_REMOVE": "28, 0, 0, 9",
    "madvise MADV_PAGEOUT": "28, 0, 0, 21",
    "madvise MADV_COLLAPSE": "28, 0, 0, 25",
    "landlock": "444, 0, 0, 0",
}


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="not tested: the numbers are those of x86-64")
@pytest.mark.parametrize("call", DENIED)
def test_other_system_calls_are_denied(run, call):
    source = (
        "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        f"assert libc.syscall({DENIED[call]}) == -1\n"
        "assert ctypes.get_errno() in (1, 25), ctypes.get_errno()\n"  # EPERM, or ENOTTY of an ioctl
    )
    assert run(source).value is None


def test_the_kernel_is_not_asked_to_write_out_its_cache(run):
    assert run("import os\nos.fsync(999)").value is None  # there is no such descriptor


@pytest.mark.parametrize(("abi", "flags"), [(6, 0), (7, 1)])  # LOG_SAME_EXEC_OFF
def test_what_is_denied_to_a_box_does_not_fill_the_hosts_audit_log(abi, flags):
    _, call = kernel.step_restrict(3, abi=abi)
    assert call.args[1:] == (3, flags)


def test_no_second_filter_can_be_installed(run):
    assert run("import ctypes\nassert ctypes.CDLL(None).prctl(22, 2, 0, 0, 0) == -1").value is None


def test_importing_the_sandbox_starts_nothing():
    code = "import subprocess, os\nsubprocess.Popen = os.fork = None\nimport grader.sandbox"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[3])


def test_no_bit_of_a_descriptor_outlives_its_box(sandbox):
    """Descriptors that a template hands on are one open file for all: their flags and offsets are shared."""
    source = (
        "import fcntl, os\n"
        "def flags(): return [fcntl.fcntl(fd, fcntl.F_GETFL) for fd in range(6)]\n"
        "def mark():\n"
        "    for fd in range(6):\n"
        "        fcntl.fcntl(fd, fcntl.F_SETFL, os.O_NONBLOCK | os.O_APPEND)\n"
        "    return 1\n"
    )
    seen = []
    for _ in range(3):
        with sandbox.box(Runtime.NUMPY) as box:
            box.load(source)
            seen.append(box.call("flags").value)
            assert isinstance(box.call("mark"), Ended | Answer)
    assert seen[0] == seen[1] == seen[2]
