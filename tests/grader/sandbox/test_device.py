"""Boxes with a device, as far as a machine without one can tell: `/dev/zero` and the processor stand in.

What is not tested here: CUDA itself, the requests that its driver makes, and NVML. `python -m grader doctor`
tries them on a node with a GPU, and the node takes nothing from the queue `gpu` where they fail.
"""

import re
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from grader import gate
from grader.errors import InfrastructureError, SandboxUnavailable
from grader.outcome import Outcome
from grader.sandbox import Answer, Ended, Level, Limits, Raised, Runtime, Sandbox, device, doctor
from grader.sandbox.device import Device, Turn
from grader.sandbox.inside.values import Tensor
from grader.sandbox.recipe import recipe
from tests.grader.factories import ON_GPU, make_exercise

NODE = "/dev/zero"
MB = 1 << 20


class Memory:
    """What NVML would say."""

    def __init__(self):
        self.used = 0

    def __call__(self):
        return self.used


@pytest.fixture(scope="module")
def memory():
    return Memory()


@pytest.fixture(scope="module")
def fake(memory, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        folder = str(tmp_path_factory.mktemp("locks"))
        patch.setattr(Device, "lock", property(lambda one: Path(folder) / Path(one.nodes[0]).name))
        yield Device(name="Stand-in", driver="0", nodes=(NODE,), files=(), used_bytes=memory, torch="cpu")


@pytest.fixture(scope="module")
def one_sandbox(fake):
    with Sandbox(required=Level.REDUCED, device=fake) as own:
        yield own


@pytest.fixture
def on_device(one_sandbox, memory):
    if one_sandbox.level is Level.REDUCED:
        pytest.skip("no namespaces: boxes with a device were not tested")
    memory.used, one_sandbox._device_well = 0, False
    return one_sandbox


def said(box, source):
    reply = box.load(source)
    assert isinstance(reply, Answer), reply
    return box.stdout.decode()


@pytest.mark.parametrize("ceiling", [Level.FULL, Level.SHARED_UID])
def test_a_driver_finds_what_it_needs(fake, sandbox, ceiling):
    if sandbox.level is Level.REDUCED:
        pytest.skip("no namespaces: boxes with a device were not tested")
    source = (
        "import os, threading\n"
        "thread = threading.Thread(target=print, args=('a thread',)); thread.start(); thread.join()\n"
        "open(f'/proc/self/task/{os.getpid()}/comm', 'w').write('named')\n"
        "print(open('/proc/self/comm').read().strip())\n"
        "assert b'python' in open('/proc/self/maps', 'rb').read()\n"
        f"print(os.read(os.open('{NODE}', os.O_RDWR), 2))\n"
    )
    with Sandbox(device=fake, ceiling=ceiling) as own, own.box(Runtime.TORCH, on_device=True) as box:
        assert said(box, source).splitlines() == ["a thread", "named", r"b'\x00\x00'"]


@pytest.mark.parametrize(
    ("expression", "error"),
    [
        ("open('/proc/kallsyms')", "PermissionError"),
        ("open('/proc/sys/kernel/hostname')", "PermissionError"),
        ("open('/proc/mounts')", None),  # a link to one's own
        ("os.listdir('/proc')", "PermissionError"),
        ("os.listdir('/host')", "PermissionError"),
        ("os.listdir('/')", "PermissionError"),
        ("open('/etc/passwd')", "FileNotFoundError"),
        ("os.fork()", "BlockingIOError"),
        ("os.open('/dev/urandom', os.O_WRONLY)", "PermissionError"),
        (f"fcntl.ioctl(os.open('{NODE}', os.O_RDWR), 0xc00846d2, bytes(8))", "OSError"),  # the node's own no
        (f"fcntl.ioctl(os.open('{NODE}', os.O_RDWR), 0x5412, bytes(8))", "PermissionError"),
        ("socket.socket()", "PermissionError"),
    ],
)
def test_little_else_is_open(on_device, expression, error):
    source = f"import fcntl, os, socket\ndef f():\n    {expression}\n"
    with on_device.box(Runtime.TORCH, on_device=True) as box:
        box.load(source)
        reply = box.call("f")
    if error is None:
        assert isinstance(reply, Answer)
        return
    found = reply.type_name if isinstance(reply, Raised) else reply.used.partition(":")[0]
    assert found == error, reply


def test_a_thread_cannot_bring_its_own_namespace(on_device):
    flags = 0x10000 | 0x100 | 0x800 | 0x10000000  # a thread's, and CLONE_NEWUSER
    source = (
        "import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        f"assert libc.syscall(56, {flags}, 0, 0, 0, 0) == -1\nprint(ctypes.get_errno())\n"
    )
    with on_device.box(Runtime.TORCH, on_device=True) as box:
        assert said(box, source) == "1\n"


def test_tensors_come_back(on_device):
    with on_device.box(Runtime.TORCH, on_device=True) as box:
        box.load("def f(x): return 2 * x")
        reply = box.call("f", Tensor(np.arange(3.0)))
    assert isinstance(reply, Answer)
    assert reply.value.array.tolist() == [0, 2, 4]


def test_too_much_memory_of_the_device_ends_a_box(on_device, memory):
    with on_device.box(Runtime.TORCH, limits=Limits(vram_mb=10), on_device=True) as box:
        box.load("def f():\n    while True: pass\ndef g(): return 1")
        memory.used = 9 * MB
        assert isinstance(box.call("g"), Answer)
        memory.used = 12 * MB
        start = time.monotonic()
        reply = box.call("f")
        memory.used = 0
    assert isinstance(reply, Ended)
    assert (reply.outcome, reply.limit, reply.used) == (Outcome.MEMORY_LIMIT, "10 MB on the GPU", "12 MB")
    assert time.monotonic() - start < 5


def test_boxes_without_a_device_have_nothing_of_this(on_device):
    on_device.box(Runtime.TORCH, on_device=True).close()
    with on_device.box(Runtime.TORCH) as box:
        for path in ("/proc/self/maps", "/proc/cpuinfo", NODE, "/host"):
            reply = box.load(f"open('{path}')")
            assert isinstance(reply, Raised)
            assert reply.type_name == "FileNotFoundError"


def test_one_process_uses_the_device_at_a_time(fake):
    first, second = Turn(fake), Turn(fake)
    first.take()
    with pytest.raises(InfrastructureError, match="in use by another process"):
        second.take(wait_s=0.1)
    first.give()
    second.take(wait_s=0.1)
    second.give()


def test_a_turn_ends_with_the_last_box(on_device, fake):
    other = Turn(fake)
    one, two = (on_device.box(Runtime.TORCH, on_device=True) for _ in range(2))
    one.close()
    with pytest.raises(InfrastructureError):
        other.take(wait_s=0)
    two.close()
    other.take(wait_s=0)
    other.give()


def test_a_turn_ends_with_its_process(fake):
    hold = "import fcntl, sys; f = open(sys.argv[1], 'w'); fcntl.flock(f, 2); print(1, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(fake.lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        holder.stdout.readline()
        with pytest.raises(InfrastructureError):
            Turn(fake).take(wait_s=0)
        holder.kill()
    turn = Turn(fake)
    turn.take(wait_s=1)
    turn.give()


@pytest.fixture
def examined(on_device, monkeypatch):
    """How often the device has been examined."""
    seen, examine = [], on_device._examine_device

    def count(template):
        seen.append(template)
        examine(template)

    monkeypatch.setattr(on_device, "_examine_device", count)
    return seen


def test_a_device_is_examined_after_a_box_that_failed(on_device, examined):
    for source, looks in (("", 1), ("", 1), ("import os; os._exit(3)", 1), ("", 2), ("", 2)):
        with on_device.box(Runtime.TORCH, on_device=True) as box:
            assert len(examined) == looks
            box.load(source)


def test_a_device_is_examined_when_its_memory_does_not_come_back(on_device, examined, memory, monkeypatch):
    monkeypatch.setattr("grader.sandbox.sandbox._IDLE_S", 0.05)
    with on_device.box(Runtime.TORCH, on_device=True):
        memory.used = 100 * MB
    memory.used = 0
    on_device.box(Runtime.TORCH, on_device=True).close()
    assert len(examined) == 2


def test_a_device_that_computes_wrongly_is_given_to_nobody(on_device, monkeypatch):
    monkeypatch.setattr("grader.sandbox.sandbox._PROBE", "def probe(x): return x.sum()")
    for _ in range(2):
        with pytest.raises(InfrastructureError, match="did not compute what it should"):
            on_device.box(Runtime.TORCH, on_device=True)


def test_a_box_that_cannot_wake_its_device_runs_nothing(fake, sandbox):
    """This machine's torch has no CUDA, as a node's might have whose image was built for processors."""
    if sandbox.level is Level.REDUCED:
        pytest.skip("no namespaces: boxes with a device were not tested")
    with (
        Sandbox(device=replace(fake, torch="cuda")) as own,
        pytest.raises(InfrastructureError, match=r"CUDA|cuda"),
    ):
        own.box(Runtime.TORCH, on_device=True)


def test_without_namespaces_there_is_no_device(fake):
    with (
        Sandbox(required=Level.REDUCED, ceiling=Level.REDUCED, device=fake) as own,
        pytest.raises(SandboxUnavailable, match="namespaces"),
    ):
        own.box(Runtime.TORCH, on_device=True)


def test_a_node_without_one_says_so(sandbox):
    if not isinstance(device.find(), str):
        pytest.skip("there is a GPU here: its absence was not tested")
    with pytest.raises(SandboxUnavailable, match="no GPU on this node: there is no NVIDIA device here"):
        sandbox.box(Runtime.TORCH, on_device=True)


class FakeNvml:
    NVMLError = type("NVMLError", (Exception,), {})

    def __init__(self, fault=None):
        self.fault = fault

    def nvmlInit(self):
        if self.fault:
            raise self.NVMLError(self.fault)

    nvmlDeviceGetHandleByIndex = staticmethod(lambda index: index)
    nvmlDeviceGetMinorNumber = staticmethod(lambda handle: 3)
    nvmlDeviceGetName = staticmethod(lambda handle: "Stand-in")
    nvmlSystemGetDriverVersion = staticmethod(lambda: "570.1")
    nvmlDeviceGetMemoryInfo = staticmethod(lambda handle: type("Info", (), {"used": 5 * MB}))


@pytest.fixture
def fresh_find(monkeypatch):
    device.find.cache_clear()
    yield monkeypatch
    device.find.cache_clear()


def test_the_driver_is_asked(fresh_find, tmp_path):
    (tmp_path / "libcuda.so.1.2").touch()
    (tmp_path / "libcuda.so.1").symlink_to("libcuda.so.1.2")
    (tmp_path / "libc.so").touch()
    fresh_find.setattr(device, "_CONTROL", Path("/dev/null"))
    fresh_find.setattr(device, "_PLACES", (str(tmp_path),))
    fresh_find.setattr(device, "pynvml", FakeNvml())
    fresh_find.setattr(device.os.path, "exists", lambda path: True)
    found = device.find()
    assert (found.name, found.driver, found.used_bytes(), found.idle_bytes) == (
        "Stand-in",
        "570.1",
        5 * MB,
        5 * MB,
    )
    assert found.nodes == ("/dev/nvidia3", "/dev/null", "/dev/nvidia-uvm")
    assert str(tmp_path / "libcuda.so.1.2") in found.files
    assert not any(path.endswith(("libc.so", "libcuda.so.1")) for path in found.files)


@pytest.mark.parametrize(
    ("nvml", "words"),
    [(FakeNvml("not found"), "does not answer: not found"), (FakeNvml(), "/dev/nvidia3, .* is missing")],
)
def test_what_is_wrong_with_a_driver_is_said(fresh_find, nvml, words):
    fresh_find.setattr(device, "_CONTROL", Path("/dev/null"))
    fresh_find.setattr(device, "pynvml", nvml)
    assert isinstance(device.find(), str)
    assert re.search(words, device.find())


def test_the_tree_has_the_driver_only_with_a_device(fake):
    given = replace(fake, files=("/usr/lib/libcuda.so.1",))
    assert ("/usr/lib/libcuda.so.1", "/usr/lib/libcuda.so.1") in recipe(Runtime.TORCH, given).binds
    assert not any("libcuda" in source for source, _ in recipe(Runtime.TORCH).binds)


def test_the_doctor_names_the_device(on_device, fake, monkeypatch):
    monkeypatch.setattr("grader.sandbox.sandbox.devices.find", lambda: fake)
    assert doctor().device == "Stand-in, driver 0"


def test_where_there_is_a_device_the_gate_tries_an_exercise_for_it(on_device):
    assert on_device.why_no_device() == ""

    report = gate(make_exercise(replace=ON_GPU), sandbox=on_device)

    assert report.ok
    assert not report.untried
    assert len(report.rows) == 5  # starter, two solutions, the example, canaries


def test_why_there_is_no_device_is_said_before_a_box_is_asked_for(sandbox, fake, monkeypatch):
    monkeypatch.setattr(device, "find", lambda: "there is no NVIDIA device here")
    assert sandbox.why_no_device() == "there is no NVIDIA device here"
    with Sandbox(required=Level.REDUCED, ceiling=Level.REDUCED, device=fake) as own:
        assert "namespaces" in own.why_no_device()
