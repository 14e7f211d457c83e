"""Templates: what they survive, and that nothing is left of them."""

import linecache
import os
import select
import signal
import subprocess
import sys
import time
import warnings
from pathlib import Path

import pytest

from grader.errors import SandboxUnavailable, TemplateDied
from grader.outcome import Outcome
from grader.sandbox import Answer, Level, Limits, Runtime, Sandbox, template
from grader.sandbox import sandbox as sandboxes
from grader.sandbox.cores import on_cores
from grader.sandbox.inside.box import rehearse
from tests.grader.sandbox.conftest import SHORT

ROOT = Path(__file__).parents[3]


def mounts():
    return Path("/proc/self/mountinfo").read_text()


def descendants(pid):
    """Process numbers of everything below a process, templates and boxes included."""
    found, todo = set(), [pid]
    while todo:
        for child in _children(todo.pop()):
            found.add(child)
            todo.append(child)
    return found


def _children(pid):
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(number) for thread in threads for number in (thread / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def gone(pids, within=5.0):
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if not [pid for pid in pids if _alive(pid)]:
            return True
        time.sleep(0.01)
    return False


def _alive(pid):
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.fixture
def own(sandbox):
    """A sandbox of the test's own, at the machine's level."""
    with Sandbox() as made:
        yield made


def test_closing_leaves_no_process_mount_file_or_descriptor(sandbox):
    before = set(_children(os.getpid()))
    fds = os.listdir("/proc/self/fd")
    own = Sandbox()
    boxes = [own.box(Runtime.NUMPY), own.box(Runtime.NUMPY)]
    boxes[0].load("x = 1")
    (keeper,) = set(_children(os.getpid())) - before
    started = {keeper} | descendants(keeper)
    assert len(started) >= 3
    start = time.monotonic()
    own.close()
    assert time.monotonic() - start < 3  # the end of the socket is enough; a kill comes after 5 s
    assert gone(started)
    assert not [word for word in ("/nabla", "/site", "/new", "/old") if f" {word}" in mounts()]
    assert os.listdir("/proc/self/fd") == fds


def test_a_closed_box_leaves_no_process(own):
    with own.box(Runtime.NUMPY, limits=SHORT) as box:
        box.load("x = 1")
        pid = box.pid
    assert not _alive(pid)


def test_boxes_of_one_submission_are_gone_when_it_is_stopped_in_mid_call(own):
    with own.box(Runtime.NUMPY, limits=SHORT) as box:
        assert box.load("import time\ntime.sleep(99)").outcome is Outcome.LOAD_LIMIT
        pid = box.pid
    assert gone([pid], within=0.5)


def test_a_dead_template_is_our_fault_and_is_started_again(own):
    box = own.box(Runtime.NUMPY)
    assert isinstance(box.load("x = 1"), Answer)
    (keeper,) = [
        pid
        for pid in _children(os.getpid())
        if pid in descendants(os.getpid()) and box.pid in descendants(pid)
    ]
    os.kill(keeper, signal.SIGKILL)
    with pytest.raises(TemplateDied):
        for _ in range(100):
            box.call("missing")
            time.sleep(0.01)
    box.close()
    with own.box(Runtime.NUMPY) as again:
        assert isinstance(again.load("x = 1"), Answer)


def test_a_box_whose_template_was_closed_says_that_it_died_and_can_be_closed(own):
    box = own.box(Runtime.NUMPY)
    assert isinstance(box.load("x = 1"), Answer)
    own._templates[Runtime.NUMPY, False].close()
    with pytest.raises(TemplateDied):
        box.load("x = 2")
    box.close()


@pytest.mark.parametrize("signal_", [signal.SIGKILL, signal.SIGTERM])
def test_everything_dies_with_its_judge(sandbox, signal_):
    code = (
        "import sys\nfrom grader.sandbox import *\n"
        "sandbox = Sandbox()\nbox = sandbox.box(Runtime.NUMPY)\nbox.load('x = 1')\n"
        "print('ready', flush=True)\nbox.load('while True: pass')\n"
    )
    judge = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=ROOT)
    with judge:
        assert judge.stdout.readline() == b"ready\n"
        started = descendants(judge.pid)
        assert len(started) >= 3
        judge.send_signal(signal_)
        judge.wait()
        assert gone(started)


def test_the_interrupt_key_does_not_reach_templates(own):
    before = set(_children(os.getpid()))
    own.box(Runtime.NUMPY).close()
    templates = set(_children(os.getpid())) - before
    assert templates
    assert all(os.getpgid(pid) != os.getpgid(0) for pid in templates)


def test_a_hundred_boxes_leak_no_descriptor(own):
    for _ in range(3):  # until the next box's control group is there as well
        with own.box(Runtime.NUMPY, limits=SHORT) as box:
            box.has("x")
    fds = len(os.listdir("/proc/self/fd"))
    for _ in range(100):
        with own.box(Runtime.NUMPY, limits=SHORT) as box:
            box.has("x")
    assert len(os.listdir("/proc/self/fd")) == fds


def test_a_template_may_use_all_cores_whatever_its_judge_is_kept_to(sandbox):
    cores = os.sched_getaffinity(0)
    with Sandbox() as own, on_cores({min(cores)}), own.box(Runtime.NUMPY) as box:
        assert os.sched_getaffinity(0) == {min(cores)}
        assert os.sched_getaffinity(box.pid) == cores
    assert os.sched_getaffinity(0) == cores


def test_a_template_keeps_nothing_of_boxes_that_have_ended(own):
    before = set(_children(os.getpid()))
    own.box(Runtime.NUMPY).close()
    (keeper,) = set(_children(os.getpid())) - before

    def descriptors():  # those of the next box, which waits, are the same each time
        return [len(os.listdir(f"/proc/{pid}/fd")) for pid in _children(keeper)]

    def make(boxes):
        for _ in range(boxes):
            with own.box(Runtime.NUMPY) as box:
                box.load("x = 1")

    make(3)
    time.sleep(0.2)  # until what a box leaves behind is given up
    held = descriptors()
    make(20)
    assert _settles(lambda: descriptors() == held)


def _settles(condition, within=2.0):
    deadline = time.monotonic() + within
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def test_several_boxes_live_side_by_side(sandbox):
    boxes = [sandbox.box(runtime) for runtime in (Runtime.NUMPY, Runtime.TORCH, Runtime.NUMPY)]
    for number, box in enumerate(boxes):
        box.load(f"def f(): return {number}")
    assert [box.call("f").value for box in boxes] == [0, 1, 2]
    for box in boxes:
        box.close()


def test_too_little_isolation_is_refused_with_its_cure(monkeypatch):
    from grader.sandbox import sandbox as module
    from grader.sandbox.machine import Machine

    poor = Machine(Level.REDUCED, "This machine gives no user namespace. Set user.max_user_namespaces.")
    monkeypatch.setattr(module, "available", lambda: poor)
    with pytest.raises(SandboxUnavailable, match="max_user_namespaces"):
        Sandbox()
    with Sandbox(required=Level.REDUCED) as reduced:
        assert reduced.level is Level.REDUCED


@pytest.mark.parametrize(
    ("ceiling", "runtime"),
    [
        (Level.SHARED_UID, Runtime.NUMPY),
        (Level.REDUCED, Runtime.NUMPY),
        (Level.REDUCED, Runtime.TORCH),
    ],
)
def test_the_lower_levels_run_and_confine(sandbox, ceiling, runtime):
    with Sandbox(required=Level.REDUCED, ceiling=ceiling) as lower:

        def outcome(source, limits=SHORT):
            with lower.box(runtime, limits=limits) as box:
                reply = box.load(source)
                return getattr(reply, "outcome", getattr(reply, "type_name", reply))

        with lower.box(runtime) as box:
            box.load("def f(x): return x + 1")
            assert box.call("f", 1).value == 2
            status = Path(f"/proc/{box.pid}/status").read_text()
        for line in ("CapEff:\t0000000000000000", "CapPrm:\t0000000000000000", "NoNewPrivs:\t1"):
            assert line in status
        assert outcome("open('/etc/passwd')") in ("FileNotFoundError", "PermissionError")
        assert outcome("import grader") == "ModuleNotFoundError"
        assert outcome("import socket\nsocket.socket()") is Outcome.FORBIDDEN
        assert outcome("import os\nos.fork()") is Outcome.PROCESS_LIMIT
        assert outcome("import os\nos.kill(os.getppid(), 9)") is Outcome.FORBIDDEN
        assert outcome("x = bytearray(1 << 30)") is Outcome.MEMORY_LIMIT
        assert outcome("while True: pass") is Outcome.CPU_LIMIT
        if runtime is Runtime.NUMPY:
            assert outcome("import torch") == "ModuleNotFoundError"


def test_a_reduced_sandbox_leaves_no_folder(tmp_path, monkeypatch, sandbox):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Sandbox(required=Level.REDUCED, ceiling=Level.REDUCED) as lower, lower.box(Runtime.NUMPY) as box:
        box.load("open('x', 'w').write('left')")
        assert list(tmp_path.iterdir())
    assert not list(tmp_path.iterdir())


def test_the_clock_runs_outside_the_box(own):
    with own.box(Runtime.NUMPY, limits=Limits()) as box:
        box.load(
            "import time\nsleep = time.sleep\ntime.perf_counter = time.monotonic = lambda: 0\n"
            "def f(): sleep(0.05)"
        )
        assert box.call("f").seconds > 0.05


def test_a_warm_sandbox_forks_boxes_from_templates_that_are_there(own):
    own.warm()
    before = set(own._templates.values())
    for runtime in Runtime:
        with own.box(runtime) as box:
            assert isinstance(box.load("x = 1"), Answer)
    assert len(before) == len(Runtime)
    assert set(own._templates.values()) == before


def use(sandbox, limits):
    with sandbox.box(Runtime.NUMPY, limits=limits) as box:
        assert box.has("nothing").value == ""


def test_a_box_is_forked_ahead_with_the_limits_that_were_used(own):
    use(own, SHORT)
    use(own, Limits())
    waiting = dict(own._waiting)
    assert set(waiting) == {(Runtime.NUMPY, SHORT), (Runtime.NUMPY, Limits())}
    assert own.box(Runtime.NUMPY, limits=SHORT) is waiting[Runtime.NUMPY, SHORT]
    assert own.box(Runtime.NUMPY, limits=Limits(cpu_s=1)) not in waiting.values()


def test_no_box_waits_that_another_has_taken_the_place_of(own):
    first, second = own.box(Runtime.NUMPY), own.box(Runtime.NUMPY)
    for box in (first, second):
        box.has("nothing")
        box.close()
    assert own._open == set(own._waiting.values())


def test_only_so_many_boxes_wait(own):
    for seconds in range(1, 9):
        use(own, Limits(cpu_s=seconds))
    assert [limits.cpu_s for _, limits in own._waiting] == [5, 6, 7, 8]
    assert own._open == set(own._waiting.values())


def test_a_box_that_was_kept_is_given_once(own):
    box = own.box(Runtime.NUMPY)
    box.load("x = [0]\ndef f():\n    x[0] += 1\n    return x[0]\n")
    assert box.call("f").value == 1
    own.keep("author", box)
    assert own.kept("another") is None
    assert own.kept("author") is box
    assert own.kept("author") is None
    assert box.call("f").value == 2


def test_what_kept_boxes_have_begun_is_waited_for(own):
    box = own.box(Runtime.NUMPY)
    box.load("import time\ndef f():\n    time.sleep(0.3)\n    return time.monotonic()\n")
    fetch = box.begin("call", "f", (), {}, in_row=True)
    box.send_row()
    own.keep("author", box)
    own.settle()
    settled = time.monotonic()
    assert fetch().value <= settled
    assert own.kept("author") is box


def test_a_kept_box_that_goes_on_for_long_is_ended(own, monkeypatch):
    monkeypatch.setattr(sandboxes, "_SETTLED_S", 0.2)
    box = own.box(Runtime.NUMPY, limits=Limits(wall_s=900.0))
    box.load("import time\ndef f(): time.sleep(900)\n")
    box.begin("call", "f", (), {}, in_row=True)
    box.send_row()
    own.keep("author", box)
    own.settle()
    assert own.kept("author") is None
    assert gone([box.pid])


@pytest.mark.parametrize(
    "wear",
    [
        "import os; os._exit(0)",
        "import time\nwhile time.process_time() < 0.3: pass",
        "x = b'1' * (40 << 20)",
        "print('1' * 6000)",
    ],
)
def test_a_box_that_ended_or_is_worn_is_not_kept(own, wear):
    box = own.box(Runtime.NUMPY, limits=SHORT)
    pid = box.pid
    box.load(wear)
    own.keep("author", box)
    assert own.kept("author") is None
    assert gone([pid])


def test_a_kept_box_whose_template_died_is_not_given(own):
    box = own.box(Runtime.NUMPY)
    box.load("x = 1")
    own.keep("author", box)
    os.kill(box.template._process.pid, signal.SIGKILL)
    assert gone([box.template._process.pid])
    assert own.kept("author") is None


def test_an_aged_template_is_replaced_while_its_boxes_go_on(own, monkeypatch):
    box = own.box(Runtime.NUMPY)
    old = box.template
    box.load("def f(): return 1")
    monkeypatch.setattr(template, "_MANY_BOXES", 1)
    assert own.box(Runtime.NUMPY).template is old  # nobody waits for the successor
    monkeypatch.setattr(template, "_MANY_BOXES", 10**6)
    monkeypatch.setattr(template, "_LONG_S", 0.0)
    own._successors[Runtime.NUMPY, False].await_ready()
    fresh = own.box(Runtime.NUMPY)
    assert fresh.template is not old
    assert isinstance(fresh.load("x = 1"), Answer)
    assert box.call("f").value == 1
    assert old.alive()
    for one in list(own._open):
        one.close()
    assert not old.alive()


@pytest.mark.parametrize("asked", [False, True], ids=["at once", "after it asked for its ids"])
def test_a_successor_that_cannot_start_changes_nothing(own, monkeypatch, asked):
    box = own.box(Runtime.NUMPY)
    monkeypatch.setattr(template, "_LONG_S", 0.0)
    own.box(Runtime.NUMPY).close()
    successor = own._successors[Runtime.NUMPY, False]
    if asked:
        assert select.select([successor._control], [], [], 20)[0]
    os.kill(successor._process.pid, signal.SIGKILL)
    assert gone([successor._process.pid])
    again = own.box(Runtime.NUMPY)
    assert again.template is box.template
    assert isinstance(again.load("x = 1"), Answer)


@pytest.mark.parametrize("source", ["def f(x): return 1 / 0", "def g(x): return x", "raise SystemExit"])
def test_a_rehearsal_that_fails_ends_a_template_with_the_reason(monkeypatch, source):
    monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)  # a box has its own
    monkeypatch.setattr("grader.sandbox.inside.box._PLAYS", {"numpy": source})

    with pytest.raises(RuntimeError, match=r"rehearsal of (load|call) failed.*(Zero|Name|SystemExit)"):
        rehearse("numpy")

    del sys.modules["rehearsal"], linecache.cache["rehearsal"]
