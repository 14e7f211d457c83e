"""The verdict is right, whatever a submission does, and the judge gives nothing away."""

import json
import os
from dataclasses import replace

import pytest

from grader import calling, grade, judge, reference
from grader.checks import METHODS
from grader.errors import ReferenceError_
from grader.exercise import CheckKind
from grader.outcome import Outcome
from grader.program import SOLUTION, Loaded
from tests.grader.factories import (
    APPLY,
    APPLY_REFERENCE,
    DESCENT,
    DOUBLE,
    DOUBLE_REFERENCE,
    DOUBLE_TOML,
    SQUARE,
    make_exercise,
)

RIGHT = "def double(x):\n    return x + x\n"
AGAIN = '[[checks]]\nname = "Again"\nkind = "value"\nentry = "double"\ngroup = "any"\npoints = 1\n'
MEASURED = AGAIN.replace('"value"', '"complexity"\ngrowth = { sizes = [2, 3, 4], at_most = 9 }')
LAST = AGAIN.replace("Again", "At last")
WAITS = "def double(x):\n    time.sleep(0.2)\n    return x + x\n"
TWO_CHECKS = DOUBLE_TOML.replace("[[solutions]]", f"{AGAIN}\n[[solutions]]", 1)
TWICE = ("double", TWO_CHECKS, DOUBLE[2])
SPEAKS = """
import os, sys
def module(name):
    return sys.modules[name]
def say(value, kind):
    frame = sys._getframe()
    while "nonce" not in frame.f_locals:
        frame = frame.f_back
    data = b"".join(map(bytes, module("inside.encoding").encode(value, foreign=str)))
    os.write(3, module("inside.wire").header(kind, frame.f_locals["nonce"], len(data)) + data)
    os._exit(0)
"""


def make_double(parts=TWICE, **options):
    files = {"solutions__right": RIGHT, "solutions__half": "def double(x):\n    return x / 2\n"}
    return make_exercise(parts, **files, **options)


@pytest.fixture
def outcomes(sandbox):
    """The outcomes of the two checks for a source."""

    def graded(source):
        return [str(check.outcome) for check in grade(make_double(), source, sandbox=sandbox).checks]

    return graded


def test_the_inputs_of_the_next_grading_are_made_when_this_one_is_done(sandbox):
    exercise = make_double(reference=f"{DOUBLE_REFERENCE}\n# of this test alone")
    first = grade(exercise, RIGHT, sandbox=sandbox)
    seed = prepared(exercise, sandbox).seed
    second = grade(exercise, "def double(x):\n    return x + 2\n", sandbox=sandbox)

    assert first.seed != second.seed == seed
    assert not second.passed
    assert grade(exercise, RIGHT, sandbox=sandbox, seed=7).seed == 7


def test_a_seed_that_a_verdict_has_is_not_used_again(sandbox):
    """Bundles of it show the inputs, also where the submission did not load and saw none of them."""
    exercise = make_double(reference=f"{DOUBLE_REFERENCE}\n# of this test, too")
    sources = (RIGHT, "1 / 0", "1 / 0", "x = 1\n", RIGHT, RIGHT)
    seeds = [grade(exercise, source, sandbox=sandbox).seed for source in sources]

    assert len(set(seeds)) == len(seeds)
    assert prepared(exercise, sandbox).seed not in seeds


def test_a_box_that_ends_between_two_inputs_of_a_row_has_a_verdict(sandbox):
    """With a request of another kind in mid-row: the step by step of an optimizer that raised."""
    reference = DESCENT[2].replace("return [{", "return 3 * [{")
    exercise = make_exercise((*DESCENT[:2], reference))
    source = """
import os
calls = []
class Descent:
    def __init__(self, params, lr): pass
    def step(self, grads):
        calls.append(1)
        if len(calls) == 1:
            raise ValueError("once")
        if len(calls) == 3:
            os._exit(1)
"""
    verdict = grade(exercise, source, sandbox=sandbox)
    assert [check.outcome for check in verdict.checks] == [Outcome.EXITED] * len(verdict.checks)


def test_time_in_a_row_counts_where_the_box_ends_in_it(sandbox):
    slow = "import os, time\ncalls = []\ndef double(x):\n    calls.append(x)\n"
    slow += "    if len(calls) < 2: return x + x\n    time.sleep(0.55)\n    os._exit(1)\n"
    many = "".join(AGAIN.replace("Again", f"Again {i}") for i in range(8))
    toml = DOUBLE_TOML.replace("[[solutions]]", f"{many}\n[[solutions]]", 1)
    exercise = make_double(("double", toml, DOUBLE[2]))
    exercise = replace(exercise, limits=replace(exercise.limits, wall_s=0.6))
    outcomes = [check.outcome for check in grade(exercise, slow, sandbox=sandbox).checks]
    assert outcomes[:2] == [Outcome.EXITED] * 2
    assert outcomes[-1] is Outcome.NOT_RUN


def prepared(exercise, sandbox):
    """What a grading has left for the next."""
    box = sandbox.kept(exercise.reference)
    sandbox.keep(exercise.reference, box)
    return box.prepared


def test_no_box_of_the_authors_computes_beside_what_is_measured(sandbox, monkeypatch):
    told = []
    settle = sandbox.settle
    monkeypatch.setattr(sandbox, "settle", lambda: told.append("settled") or settle())
    method = METHODS[CheckKind.COMPLEXITY]
    measured = replace(method, examine=lambda *of: told.append("measured") or method.examine(*of))
    monkeypatch.setitem(METHODS, CheckKind.COMPLEXITY, measured)
    for text in (MEASURED + LAST, LAST + MEASURED):
        told.clear()
        toml = DOUBLE_TOML.replace("[[solutions]]", f"{text}\n[[solutions]]", 1)
        assert grade(make_double(("double", toml, DOUBLE[2])), RIGHT, sandbox=sandbox).passed
        assert told == ["settled", "measured"]


def test_a_right_solution_passes_with_all_points(sandbox):
    verdict = grade(make_double(), RIGHT, sandbox=sandbox)

    assert verdict.passed
    assert (verdict.points, verdict.max_points) == (3, 3)
    assert verdict.headline == "Passed. Two checks, 3 of 3 points."
    assert verdict.checks[0].sentence == "Right on three inputs."
    assert verdict.usage.cpu_s > 0


def test_a_wrong_value_is_placed_and_named(sandbox):
    check = grade(make_double(), "def double(x):\n    return x / 2\n", sandbox=sandbox).checks[0]

    assert (check.outcome, check.points) == (Outcome.MISMATCH, 0)
    assert check.sentence.startswith("y is wrong: at y[")
    assert check.evidence.error > check.evidence.bound
    assert check.evidence.cases == 3
    assert check.evidence.input.startswith("x = np.array([")
    assert check.evidence.diagnosis["name"] == "Halved"
    assert check.evidence.diagnosis["evidence"] == "on 3 of 3 inputs"


@pytest.fixture
def loads(monkeypatch):
    """How often a submission was loaded into a box."""
    count = []
    start = Loaded.start
    monkeypatch.setattr(Loaded, "start", lambda self, *told: count.append(1) or start(self, *told))
    return count


def test_one_box_serves_all_checks_while_they_pass(sandbox, loads):
    assert grade(make_double(), RIGHT, sandbox=sandbox).passed
    assert len(loads) == 1


def test_a_check_that_fails_after_others_is_asked_again_in_a_fresh_box(sandbox, loads):
    """Whatever the first check leaves behind, it is no reason for the second one to fail."""
    spoils = "calls = []\ndef double(x):\n    calls.append(x)\n    return x + x if len(calls) <= 3 else x\n"
    verdict = grade(make_double(), spoils, sandbox=sandbox)

    assert verdict.passed
    assert len(loads) == 2


def test_nothing_of_a_submission_is_left_beside_what_is_measured(sandbox, monkeypatch):
    """Its box of the check before could compute on, and slow the baseline down."""
    exercise = make_double(("double", TWO_CHECKS.replace(AGAIN, MEASURED), DOUBLE[2]))
    beside = []
    method = METHODS[CheckKind.COMPLEXITY]

    def examine(subject, student):
        boxes = [one for one in sandbox._open if SOLUTION in one.loaded and one is not student.box]
        beside.append(len(boxes))
        return method.examine(subject, student)

    monkeypatch.setitem(METHODS, CheckKind.COMPLEXITY, replace(method, examine=examine))

    assert grade(exercise, RIGHT, sandbox=sandbox).passed
    assert beside == [0]


@pytest.mark.parametrize("source", [RIGHT, "def double(x):\n    return x / 2\n"])
def test_judge_and_box_take_turns_on_one_core_but_not_where_something_is_measured(
    monkeypatch, sandbox, source
):
    cores, found = os.sched_getaffinity(0), {}

    def watch(kind):
        method = METHODS[kind]

        def examine(subject, student):
            found[kind] = os.sched_getaffinity(0), os.sched_getaffinity(student.box.pid)
            return method.examine(subject, student)

        monkeypatch.setitem(METHODS, kind, replace(method, examine=examine))

    watch(CheckKind.VALUE)
    watch(CheckKind.COMPLEXITY)

    grade(make_double(("double", TWO_CHECKS.replace(AGAIN, MEASURED), DOUBLE[2])), source, sandbox=sandbox)

    judges, boxes = found[CheckKind.VALUE]
    assert len(judges) == 1
    assert boxes == judges
    assert found[CheckKind.COMPLEXITY][0] == cores
    assert os.sched_getaffinity(0) == cores


def test_what_is_printed_in_a_shared_box_is_kept_once(sandbox):
    prints = "calls = []\ndef double(x):\n    calls.append(x)\n    print(len(calls))\n    return x + x\n"
    assert grade(make_double(), prints, sandbox=sandbox).stdout == "1\n2\n3\n"


def test_the_smallest_failing_input_is_shown(sandbox):
    check = grade(make_double(), "def double(x):\n    return x / 2\n", sandbox=sandbox).checks[0]

    assert check.evidence.case == 2  # its x has two entries, the others three and four


def test_one_cause_behind_several_failures_is_said_to_be_one(sandbox):
    verdict = grade(make_double(), "def double(x):\n    return x / 2\n", sandbox=sandbox)

    assert verdict.headline == "Not passed yet. One cause explains both failures."


@pytest.mark.parametrize(
    ("source", "first", "second"),
    [
        ("def double(x)\n    return x", "syntax", "not_run"),
        ("import nothing_of_that_name", "raised", "not_run"),
        ("def triple(x):\n    return x", "missing", "missing"),
        ("double = 3", "missing", "missing"),
        ("class double:\n    pass", "missing", "missing"),
        ("def double(x):\n    return x[10]", "raised", "raised"),
        ("def double(x):\n    return double(x)", "raised", "raised"),
        ("def double(x):\n    pass", "structure", "structure"),
        ("def double(x):\n    return (2 * one for one in x)", "structure", "structure"),
        ("def double(x):\n    return 2 * x[:1]", "shape", "shape"),
        ("def double(x):\n    return (2 * x).astype('f4')", "dtype", "dtype"),
        ("def double(x):\n    return x / 0 * 0", "not_finite", "not_finite"),
        ("def double(x):\n    return 0 * x", "mismatch", "mismatch"),
        ("import os\nos._exit(0)", "exited", "not_run"),
        ("import os\ndef double(x):\n    os._exit(0)", "exited", "exited"),
        ("def double(x):\n    raise SystemExit", "exited", "exited"),
    ],
)
def test_each_mistake_has_its_outcome(outcomes, source, first, second):
    assert outcomes(source) == [first, second]


def test_a_changed_input_decides_only_a_check_without_points(sandbox):
    """The box reports it, and could lie."""
    twice = TWO_CHECKS.replace("points = 1\n", "points = 0\n", 1)
    source = "def double(x):\n    x *= 2\n    return x.copy()"

    verdict = grade(make_double(("double", twice, DOUBLE[2])), source, sandbox=sandbox)

    assert [check.outcome for check in verdict.checks] == [Outcome.PASSED, Outcome.SIDE_EFFECT]
    assert (verdict.passed, verdict.points) == (False, verdict.max_points)
    assert "x was changed in place" in verdict.checks[1].sentence


def test_a_module_that_is_not_there_is_told_what_is(sandbox):
    check = grade(make_double(), "import torch\n" + RIGHT, sandbox=sandbox).checks[0]

    assert check.evidence.line == 1
    assert check.sentence.endswith(
        "A NumPy exercise has NumPy and the standard library, a torch exercise PyTorch as well."
    )


def test_a_loop_without_end_is_stopped_once(sandbox):
    files = {"solutions__right": RIGHT, "solutions__half": RIGHT}
    limited = make_exercise(
        TWICE, replace=("minutes = 5", "minutes = 5\n[limits]\ncpu_s = 0.5\nwall_s = 10"), **files
    )

    verdict = grade(limited, "def double(x):\n    while True: pass", sandbox=sandbox)

    assert [check.outcome for check in verdict.checks] == [Outcome.CPU_LIMIT, Outcome.NOT_RUN]
    assert verdict.checks[0].evidence.limit == "0.5 s"
    assert verdict.checks[1].sentence == "Not run: the code was stopped in “Doubled”."


def test_waiting_counts_over_all_inputs(sandbox):
    toml = ("minutes = 5", "minutes = 5\n[limits]\nwall_s = 0.5")
    limited = make_double(replace=toml)

    verdict = grade(
        limited, "import time\ndef double(x):\n    time.sleep(0.4)\n    return 2 * x", sandbox=sandbox
    )

    assert verdict.checks[0].outcome is Outcome.WALL_LIMIT
    assert verdict.seconds < 3


def test_waiting_counts_over_all_checks(sandbox, monkeypatch):
    monkeypatch.setattr(judge, "TOGETHER", 1.0)
    limited = make_double(
        ("double", TWO_CHECKS.replace("[[solutions]]", f"{LAST}\n[[solutions]]", 1), DOUBLE[2]),
        replace=("minutes = 5", "minutes = 5\n[limits]\nwall_s = 1.0"),
    )

    checks = grade(limited, "import time\ntime.sleep(0.2)\n" + WAITS, sandbox=sandbox).checks

    assert [check.outcome for check in checks] == [Outcome.PASSED, Outcome.WALL_LIMIT, Outcome.NOT_RUN]
    assert checks[1].evidence.limit == "0.5 s"


def test_state_does_not_survive_from_one_check_to_the_next(sandbox):
    source = "calls = []\ndef double(x):\n    calls.append(1)\n    return 2 * x if len(calls) <= 3 else x"

    assert grade(make_double(), source, sandbox=sandbox).passed


def test_only_the_source_of_the_verdict_matters(outcomes):
    """A patched comparison, a printed verdict and an answer that calls itself right change nothing."""
    liar = """
import numpy as np
np.allclose = np.array_equal = np.isfinite = lambda *a, **k: True
print('{"outcome": "passed"}')

class Right(np.ndarray):
    def __eq__(self, other): return True
    def __le__(self, other): return True

def double(x):
    return %s
"""
    assert outcomes(liar % "x * 0") == ["mismatch", "mismatch"]
    assert outcomes(liar % "(x * 0).view(Right)") == ["structure", "structure"]


def test_neither_expected_values_nor_seeds_reach_the_students_box(sandbox):
    """Everything that student code can see of its process at the moment of the call."""
    source = """
import gc, sys
def double(x):
    seen, frame = [], sys._getframe()
    while frame:
        seen.append(repr(frame.f_locals))
        frame = frame.f_back
    seen += [repr(o) for o in gc.get_objects() if type(o) in (dict, list, tuple) and len(o) < 50]
    expected, seed = repr(2 * float(x[0]))[:12], "".join(reversed("789123456789"))
    print("EXPECTED" if any(expected in text for text in seen) else "nothing")
    print("SEED" if any(seed in text for text in seen) else "nothing")
    return 2 * x
"""
    verdict = grade(make_double(), source, sandbox=sandbox, seed=987654321987)

    assert verdict.passed
    assert "nothing" in verdict.stdout
    assert "EXPECTED" not in verdict.stdout
    assert "SEED" not in verdict.stdout


def test_inputs_are_fresh_and_a_seed_repeats_them(sandbox):
    source = "def double(x):\n    return x"

    def inputs(seed):
        return grade(make_double(), source, sandbox=sandbox, seed=seed).checks[0].evidence.input

    assert inputs(None) != inputs(None)
    assert inputs(5) == inputs(5) != inputs(6)


def test_the_seed_is_in_the_verdict(sandbox):
    verdict = grade(make_double(), RIGHT, sandbox=sandbox)

    assert 0 <= verdict.seed < 2**53
    assert grade(make_double(), RIGHT, sandbox=sandbox).seed != verdict.seed


def test_checks_are_reported_as_they_start_and_end(sandbox):
    heard = []

    grade(
        make_double(),
        RIGHT,
        sandbox=sandbox,
        on_check=lambda i, result: heard.append((i, result and result.passed)),
    )

    assert heard == [(0, None), (0, True), (1, None), (1, True)]


def test_what_was_printed_is_kept(sandbox):
    assert grade(make_double(), "print('hello')\n" + RIGHT, sandbox=sandbox).stdout == "hello\n"


@pytest.mark.parametrize(
    "kind", ["'novel' * 1000", "dict.fromkeys('ab', 3.0)", "__import__('numpy').ones(3)"]
)
def test_a_kind_of_thing_that_there_is_not_is_none(sandbox, kind):
    """The box reports it, and could lie."""
    lies = f"import sys\nsys.modules['inside.operations']._kind_of = lambda module, name: {kind}\n"

    check = grade(make_double(), lies + RIGHT, sandbox=sandbox).checks[0]

    assert check.outcome is Outcome.MISSING
    assert check.sentence == "There is no double in the code. Define it with `def double(x):`."


@pytest.mark.parametrize(
    "source",
    [
        "print('\\0')\n" + RIGHT,
        "def double(x):\n    raise ValueError('\\0')",
        SPEAKS + "def double(x):\n    say(('', 'E\\0', 'a\\0', ((1, 'f\\0', 'g\\0'),)), 4)",
        SPEAKS + "def double(x):\n    say((module('inside.values').Opaque('\\0'), False, (), ()), 3)",
    ],
)
def test_no_text_holds_what_a_database_refuses(sandbox, source):
    """PostgreSQL takes every character but NUL."""
    verdict = grade(make_double(), source, sandbox=sandbox)

    assert "\\u0000" not in json.dumps(verdict.as_dict(staff=True))


def test_no_text_drives_a_terminal(sandbox):
    source = "def double(x):\n    print('\\x1b[2J')\n    raise ValueError('\\x1b]0;passed\\x07')"

    verdict = grade(make_double(), source, sandbox=sandbox)

    assert verdict.stdout == "␛[2J\n" * 3
    assert "ValueError: ␛]0;passed␇ in line 3" in verdict.checks[0].sentence


def test_a_traceback_shows_the_students_lines_only(sandbox):
    source = (
        "import numpy as np\ndef help(x):\n    return np.linalg.inv(x)\ndef double(x):\n    return help(x)"
    )

    evidence = grade(make_double(), source, sandbox=sandbox).checks[0].evidence

    assert [frame["line"] for frame in evidence.traceback] == [5, 3]
    assert evidence.line == 3
    assert "LinAlgError: " in evidence.exception


def test_a_reference_that_raises_is_the_authors_error(sandbox):
    broken = make_double(reference=DOUBLE[2] + "\ndef expected(x):\n    return 1 / 0\n")

    with pytest.raises(
        ReferenceError_, match=r"double: reference\.py: expected \(any\): raised ZeroDivisionError"
    ):
        grade(broken, RIGHT, sandbox=sandbox)


def test_a_reference_that_does_not_load_is_the_authors_error(sandbox):
    with pytest.raises(ReferenceError_, match=r"reference\.py: raised ModuleNotFoundError"):
        grade(make_double(reference="import nothing"), RIGHT, sandbox=sandbox)


def test_a_group_without_inputs_is_the_authors_error(sandbox):
    empty = make_double(reference="def cases(rng, group):\n    return []\ndef expected(x):\n    return x")

    with pytest.raises(ReferenceError_, match="the group 'any' has no inputs"):
        grade(empty, RIGHT, sandbox=sandbox)


def test_a_hidden_check_gives_nothing_away(sandbox):
    hidden = make_double(replace=("points = 2", 'points = 2\nvisibility = "name"'))

    shown = grade(hidden, "def double(x):\n    return x", sandbox=sandbox).as_dict()["checks"][0]

    assert (shown["outcome"], shown["sentence"], shown["evidence"]) == ("mismatch", "", {})


def test_a_gradient_is_checked_with_a_random_upstream(sandbox):
    exercise = make_exercise(SQUARE, replace=('group = "any"', 'group = "f8"'))
    right = "def square_backward(x, scale, dy):\n    return 2 * x * scale * dy, (x**2 * dy).sum(axis=0)"

    assert grade(exercise, right, sandbox=sandbox).passed
    assert not grade(exercise, right.replace("scale * dy", "scale"), sandbox=sandbox).passed


def test_a_callable_argument_is_answered_and_counted(sandbox):
    exercise = make_exercise(APPLY)

    def first(source):
        return grade(exercise, source, sandbox=sandbox).checks[0]

    assert first("def apply(f, x):\n    return f(f(x))").outcome is Outcome.PASSED
    thrice = first("def apply(f, x):\n    f(x)\n    return f(f(x))")
    assert thrice.outcome is Outcome.CALLS
    assert (
        thrice.sentence == "The result is right, but f was called 3 times; exactly two calls are asked for."
    )
    assert first("def apply(f, x):\n    return 9 * x").outcome is Outcome.CALLS
    assert first("def apply(f, x):\n    return f(x)").outcome is Outcome.MISMATCH
    assert "more than 2000 times" in first("def apply(f, x):\n    while True: f(x)").sentence


def test_calls_of_an_argument_that_is_no_function_are_the_authors_to_mend(sandbox):
    counted = ("calls = { f", "calls = { x")
    exercise = make_exercise(APPLY, replace=counted)

    with pytest.raises(
        ReferenceError_, match=r"reference.py \(any\): x, whose calls are counted, is not a function"
    ):
        grade(exercise, "def apply(f, x):\n    return f(f(x))", sandbox=sandbox)


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("f", "f takes numbers and arrays"),
        ("np.ones(200_000)", "an argument that is too large"),
        ("{1, 2}", "f takes numbers and arrays"),
        ("None", "f does not take that argument (TypeError)"),
        ("[" * 13 + "0" + "]" * 13, "f takes numbers and arrays"),
        ("[None] * 99_994", "f was called with more than 10000 values"),
        ("2**62", "f has no value there that can be sent (int)"),
    ],
)
def test_a_callable_argument_refuses_what_it_does_not_take(sandbox, argument, message):
    source = f"import numpy as np\ndef apply(f, x):\n    return f({argument})"

    check = grade(make_exercise(APPLY), source, sandbox=sandbox).checks[0]

    assert check.outcome is Outcome.RAISED
    assert message in check.sentence


def test_calls_that_take_long_are_refused_in_the_end(sandbox, monkeypatch):
    monkeypatch.setattr(calling, "MAX_ANSWERED_S", 0.2)
    slow = (
        APPLY_REFERENCE.replace("lambda x: 3 * x", "slow")
        + "def slow(x):\n    time.sleep(0.15)\n    return x\n"
    )
    exercise = make_exercise((APPLY[0], APPLY[1], "import time\n" + slow))
    check = grade(exercise, "def apply(f, x):\n    while True: f(x)", sandbox=sandbox).checks[0]
    assert (check.outcome, "took more than 0.2 s" in check.sentence) == (Outcome.RAISED, True)


def test_a_call_that_ends_nowhere_is_refused_and_the_next_one_answered(sandbox, monkeypatch):
    monkeypatch.setattr(reference, "ANSWER_S", 0.3)
    hangs = APPLY_REFERENCE.replace("lambda x: 3 * x", "hang")
    hangs += "def hang(x):\n    while x > 1e9: pass\n    return 3 * x\n"
    source = "def apply(f, x):\n    try: f(1e10)\n    except Exception: pass\n    return f(f(x))"
    check = grade(make_exercise((APPLY[0], APPLY[1], hangs)), source, sandbox=sandbox).checks[0]
    assert check.outcome is Outcome.CALLS
    assert "right" in check.sentence


def test_a_wrong_shape_is_shown_where_its_axes_have_lengths_of_their_own(sandbox):
    from_one = DOUBLE[2].replace("(3, 2, 4)", "(1, 3, 2)")
    baseline = "def double(x):\n    return 2 * x\n"
    exercise = make_exercise(DOUBLE, reference=from_one, baseline=baseline)

    check = grade(exercise, "def double(x):\n    return 2 * x[:, None]\n", sandbox=sandbox).checks[0]

    assert check.sentence.startswith("y has shape (2, 1), expected (2,).")
