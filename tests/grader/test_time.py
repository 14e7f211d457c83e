"""Too slow is said only when it is sure, and every timed answer is checked."""

import os
import time
from dataclasses import replace

import pytest

from grader import grade
from grader.checks import measured
from grader.checks import time as timing
from grader.errors import InfrastructureError, ReferenceError_
from grader.outcome import Outcome
from grader.sandbox import Answer, Limits, Runtime
from grader.sandbox.inside.values import Stub
from tests.grader.factories import (
    DESCENT,
    DESCENT_REFERENCE,
    DESCENT_TOML,
    DOUBLE_REFERENCE,
    DOUBLE_TOML,
    make_exercise,
)

TIMED = ("double", DOUBLE_TOML.replace('kind = "value"', 'kind = "time"\nthreshold = 3.0'), DOUBLE_REFERENCE)
BASELINE = """
import time
def double(x):
    time.sleep(0.004)
    return 2 * x
"""
CASES = "def cases(rng, group):\n    return [{'x': rng.normal(size=5)}]\ndef expected(x):\n    return 2 * x\n"


def make_timed(**files):
    solutions = {"solutions__right": BASELINE, "solutions__half": "def double(x):\n    return x / 2\n"}
    return make_exercise(TIMED, **{**solutions, "baseline": BASELINE, "reference": CASES, **files})


@pytest.fixture
def first(sandbox):
    def graded(source):
        return grade(make_timed(), source, sandbox=sandbox).checks[0]

    return graded


def test_the_baseline_passes_against_itself(first):
    check = first(BASELINE)

    assert check.outcome is Outcome.PASSED
    assert check.evidence.timing["low"] <= check.evidence.timing["median"] <= check.evidence.timing["high"]
    assert len(check.evidence.timing["ratios"]) in timing.LOOKS
    assert not check.evidence.timing["review"]


def test_ten_times_as_long_is_too_slow(first):
    check = first(BASELINE.replace("0.004", "0.04"))

    assert check.outcome is Outcome.TOO_SLOW
    assert check.points == 0
    assert check.evidence.timing["decided"]
    assert "times is allowed" in check.sentence


def test_too_fast_to_be_true_is_marked_for_review(monkeypatch, first):
    monkeypatch.setattr(timing, "median_interval", lambda sample: (0.05, 0.1, 0.19))

    check = first("def double(x):\n    return 2 * x")

    assert check.outcome is Outcome.PASSED
    assert check.evidence.timing["review"]


def test_every_timed_answer_is_checked(first):
    lazy = "calls = []\ndef double(x):\n    calls.append(1)\n    return 2 * x if len(calls) < 7 else 0 * x"

    assert first(lazy).outcome is Outcome.MISMATCH


def test_an_answer_kept_from_an_earlier_call_is_wrong(first):
    caches = "kept = {}\ndef double(x):\n    return kept.setdefault(x.shape, 2 * x)"

    assert first(caches).outcome is Outcome.MISMATCH


def test_what_is_undecided_at_the_last_look_passes_and_says_so(monkeypatch, first):
    monkeypatch.setattr(timing, "median_interval", lambda sample: (2.0, 3.5, 5.0))

    check = first("def double(x):\n    return 2 * x")

    assert check.outcome is Outcome.PASSED
    assert "undecided" in check.sentence
    assert not check.evidence.timing["decided"]
    assert len(check.evidence.timing["ratios"]) == timing.LOOKS[-1]


def test_nobody_runs_into_a_limit_because_a_look_did_not_decide(monkeypatch, first):
    """Twelve looks at 4 ms take more than half of what the baseline may: twenty could be too many."""
    monkeypatch.setattr(timing, "median_interval", lambda sample: (2.0, 3.5, 5.0))
    monkeypatch.setattr(measured, "BASELINE_LIMITS", Limits(wall_s=0.08))

    check = first("def double(x):\n    return 2 * x")

    assert check.outcome is Outcome.PASSED
    assert len(check.evidence.timing["ratios"]) == timing.LOOKS[0]


def test_nor_does_a_program_that_takes_what_is_allowed(monkeypatch, sandbox):
    """Twelve pairs at three times 4 ms take more than half of 0.25 s."""
    monkeypatch.setattr(timing, "median_interval", lambda sample: (2.0, 3.5, 5.0))
    exercise = make_timed()
    brief = replace(exercise, limits=replace(exercise.limits, wall_s=0.25))

    check = grade(brief, "def double(x):\n    return 2 * x", sandbox=sandbox).checks[0]

    assert check.outcome is Outcome.PASSED
    assert len(check.evidence.timing["ratios"]) == timing.LOOKS[0]


def test_a_program_that_wastes_what_it_may_use_is_not_looked_at_less(monkeypatch, first):
    monkeypatch.setattr(timing, "median_interval", lambda sample: (2.0, 3.5, 5.0))

    check = first("print('x' * 40_000)\ndef double(x):\n    return 2 * x")

    assert len(check.evidence.timing["ratios"]) == timing.LOOKS[-1]


def test_a_wrong_baseline_is_the_authors_error(sandbox):
    with pytest.raises(ReferenceError_, match=r"baseline\.py: y is wrong"):
        grade(make_timed(baseline="def double(x):\n    return x"), BASELINE, sandbox=sandbox)


def test_a_baseline_that_fails_later_is_the_authors_error(sandbox):
    tires = BASELINE.replace("def", "left = [1, 2, 3]\ndef").replace("    time", "    left.pop()\n    time")

    with pytest.raises(ReferenceError_, match=r"baseline\.py: The code raised IndexError"):
        grade(make_timed(baseline=tires), BASELINE, sandbox=sandbox)


def test_a_baseline_without_the_entry_is_the_authors_error(sandbox):
    with pytest.raises(ReferenceError_, match=r"baseline\.py: There is no double"):
        grade(make_timed(baseline="x = 1"), BASELINE, sandbox=sandbox)


def test_both_programs_are_timed_on_one_core(first):
    """A program that is somewhere else, or on several cores, answers wrongly."""
    pinned = "import os\ndef double(x):\n    return 2 * x if len(os.sched_getaffinity(0)) == 1 else x"

    assert first(pinned).outcome is Outcome.PASSED


COMPUTES_ON = """
import sys
channel = sys.modules["inside.channel"].Channel
write = channel.write
def write_and_compute_on(self, *frame):
    write(self, *frame)
    while True:
        pass
channel.write = write_and_compute_on
"""


def test_a_program_that_computes_on_after_its_answer_does_not_where_it_is_timed(sandbox):
    with sandbox.box(Runtime.NUMPY) as box:
        box.load(COMPUTES_ON)
        running = processor_seconds(box)
        box.time_on(min(os.sched_getaffinity(0)))
        stopped = processor_seconds(box)

    assert stopped < 0.01 < running


def processor_seconds(box):
    clock = ~box.pid << 3 | 2
    start = time.clock_gettime(clock)
    time.sleep(0.2)
    return time.clock_gettime(clock) - start


IN_THE_KERNEL = """
import ctypes
libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
SIZE, POPULATE = 200 << 20, 0x8022
"""
HOGS = COMPUTES_ON.replace("pass", "libc.munmap(libc.mmap(None, SIZE, 3, POPULATE, -1, 0), SIZE)")


def test_nor_does_one_that_is_inside_a_call_of_the_kernels(sandbox):
    with sandbox.box(Runtime.NUMPY) as box:
        box.load(IN_THE_KERNEL + HOGS)
        for _ in range(5):
            box.time_on(min(os.sched_getaffinity(0)))
            assert processor_seconds(box) == 0


def test_a_program_that_cannot_be_stopped_is_ended(sandbox, monkeypatch):
    with sandbox.box(Runtime.NUMPY) as box:
        box.load("def f(): return 1")
        box.time_on(min(os.sched_getaffinity(0)))
        monkeypatch.setattr(box._process, "stop", lambda: False)
        assert isinstance(box.call("f"), Answer)  # was sent before
        reply = box.call("f")
    assert (reply.outcome, reply.limit) == (Outcome.WALL_LIMIT, "2 s")


def is_slow_to_rest(box, monkeypatch, *, times, works=0.0):
    """As if the box were not at rest when looked at so many times, and worked so many seconds in each."""
    looks, process = [], box._process
    rest = process._at_rest
    monkeypatch.setattr(process, "_at_rest", lambda: looks.append(1) or (len(looks) > times and rest()))
    monkeypatch.setattr(process, "_worked_s", lambda: works * len(looks))
    monkeypatch.setattr("grader.sandbox.process.REST_S", 0.05)
    return looks


def test_a_program_that_waits_for_a_core_has_all_the_time_to_stop(sandbox, monkeypatch):
    with sandbox.box(Runtime.NUMPY) as box:
        box.load("def f(): return 1")
        looks = is_slow_to_rest(box, monkeypatch, times=500)
        box.time_on(min(os.sched_getaffinity(0)))
        assert isinstance(box.call("f"), Answer)
    assert len(looks) > 500


def test_one_that_works_meanwhile_has_not(sandbox, monkeypatch):
    with sandbox.box(Runtime.NUMPY) as box:
        box.load("def f(): return 1")
        is_slow_to_rest(box, monkeypatch, times=500, works=0.001)
        box.time_on(min(os.sched_getaffinity(0)))
        assert box.call("f").outcome is Outcome.WALL_LIMIT


def test_one_that_never_gets_a_core_is_no_fault_of_the_students(sandbox, monkeypatch):
    monkeypatch.setattr("grader.sandbox.process.STARVED_S", 0.1)
    with sandbox.box(Runtime.NUMPY) as box:
        box.load("def f(): return 1")
        is_slow_to_rest(box, monkeypatch, times=10**6)
        with pytest.raises(InfrastructureError, match="was not given a core"):
            box.time_on(min(os.sched_getaffinity(0)))


def test_work_while_the_judge_has_a_call_answered_counts(sandbox):
    """The call is sent by hand; instead of waiting for its result the program works."""
    source = """
import sys, time
channel = sys.modules["inside.channel"].Channel
receive = channel.receive
def late(self):
    end = time.process_time() + 0.2
    while time.process_time() < end:
        pass
    return receive(self)
def f(g):
    channel.receive = late
    try:
        return g(0)
    finally:
        channel.receive = receive
"""

    def slow(_arguments):
        time.sleep(1.0)
        return 1

    with sandbox.box(Runtime.NUMPY) as box:
        box.load(source)
        free = box.call("f", Stub(0, "g"), callbacks={0: slow}).seconds
        box.time_on(min(os.sched_getaffinity(0)))
        timed = box.call("f", Stub(0, "g"), callbacks={0: slow}).seconds
    assert free < 0.15 < 0.19 < timed < 0.9


DESCENT_BASELINE = DESCENT_REFERENCE.partition("def histories")[0]
PUTS_OFF = """
import sys, time
operations = sys.modules["inside.operations"]
snapshot, later = operations.snapshot, []
def late(things):
    while later:
        p, g, lr = later.pop(0)
        p -= lr * g
        time.sleep(0.02)
    return snapshot(things)
operations.snapshot = late
class Descent:
    def __init__(self, params, lr=0.1):
        self.params, self.lr = params, lr
    def step(self, grads):
        later.extend((p, g, self.lr) for p, g in zip(self.params, grads) if g is not None)
"""


def test_work_that_an_object_puts_off_counts(sandbox):
    toml = DESCENT_TOML.replace('kind = "trajectory"', 'kind = "time"\nthreshold = 3.0')
    exercise = make_exercise((DESCENT[0], toml, DESCENT_REFERENCE), baseline=DESCENT_BASELINE)
    assert grade(exercise, PUTS_OFF, sandbox=sandbox).checks[0].outcome is Outcome.TOO_SLOW
    assert grade(exercise, DESCENT_BASELINE, sandbox=sandbox).passed
