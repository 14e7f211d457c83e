"""The gate opens only when every stored program does what is declared of it."""

import json

import pytest

from grader import exercise_from_files, gate
from grader.exercise import Queue
from grader.report import gate_ending
from grader.sandbox import device
from grader.signatures import lacking
from grader.tried_here import tried_here
from tests.grader.factories import DESCENT, DOUBLE, FORMULA, ON_GPU, SQUARE, make_exercise, make_files

RIGHT = "def double(x):\n    return x + x\n"


@pytest.fixture
def rows(sandbox):
    """The rows of a gate by program, and whether it is open."""

    def tried(exercise):
        report = gate(exercise, sandbox=sandbox)
        json.dumps(report.as_dict(), allow_nan=False)
        return {row.program: row for row in report.rows}, report.ok

    return tried


def test_the_gate_is_open_when_all_is_as_declared(rows):
    found, ok = rows(make_exercise(baseline=RIGHT))

    assert ok
    assert found["baseline.py"].observed == "passes"
    assert found["starter.py"].observed == "structure at “Doubled”"
    assert found["solutions/right.py"].observed == "passes"
    assert found["solutions/half.py"].observed == "mismatch at “Doubled”"
    assert found["solutions/half.py"].remark == "named"
    assert found["canaries of “Doubled”"].ok


def test_a_wrong_solution_swapped_for_a_right_one_closes_the_gate(rows):
    found, ok = rows(make_exercise(solutions__half=RIGHT))

    assert not ok
    assert found["solutions/half.py"].observed == "passes"


def test_an_accepted_solution_that_fails_closes_the_gate(rows):
    found, ok = rows(make_exercise(solutions__right="def double(x):\n    return x"))

    assert not ok
    assert found["solutions/right.py"].observed == "mismatch at “Doubled”"
    assert found["solutions/right.py"].remark.startswith("y is wrong")


def test_a_wrong_solution_that_fails_elsewhere_closes_the_gate(rows):
    first = 'name = "First"\nkind = "value"\nentry = "double"\ngroup = "any"\npoints = 1'
    again = f"[[checks]]\n{first}\n\n[[checks]]"

    found, ok = rows(make_exercise(replace=("[[checks]]", again)))

    assert not ok
    assert found["solutions/half.py"].observed == "mismatch at “First”"
    assert found["solutions/half.py"].remark.startswith("y is wrong")


def test_a_wrong_solution_that_answers_differently_each_time_is_not_named(rows):
    found, ok = rows(
        make_exercise(solutions__half="import numpy as np\ndef double(x):\n    return x * np.random.random()")
    )

    assert not ok
    assert found["solutions/half.py"].remark == "not named"


def test_a_starter_that_passes_closes_the_gate(rows):
    found, ok = rows(make_exercise(starter=RIGHT))

    assert not ok
    assert not found["starter.py"].ok


def test_a_check_that_takes_zeros_for_right_closes_the_gate(rows):
    loose = 'points = 2\ntolerance = { reason = "none", rtol = 0.0, atol = 100.0 }'

    found, ok = rows(make_exercise(replace=("points = 2", loose)))

    assert not ok
    assert "zeros" in found["canaries of “Doubled”"].remark


def test_an_exercise_without_an_accepted_solution_closes_the_gate(rows):
    found, ok = rows(make_exercise(SQUARE, replace=('group = "any"', 'group = "f8"')))

    assert not ok
    assert found["solutions"].observed == "none"
    assert found["reference of “Against autograd”"].ok


def test_a_reference_that_fails_closes_the_gate_and_says_where(rows):
    found, ok = rows(make_exercise(reference="def cases(rng, group):\n    return 1 / 0"))

    assert not ok
    assert found["starter.py"].observed == "the exercise failed"
    assert "cases (any): raised ZeroDivisionError" in found["starter.py"].remark


def test_nothing_more_is_tried_when_the_reference_fails(sandbox):
    broken = gate(make_exercise(reference="def cases(rng, group):\n    return 1 / 0"), sandbox=sandbox)

    assert broken.broken
    assert [row.program for row in broken.rows] == ["starter.py"]
    assert not gate(make_exercise(starter=RIGHT), sandbox=sandbox).broken


@pytest.mark.parametrize(
    ("starter", "remark"),
    [
        ("def triple(x):\n    ...\n", "it defines no double"),
        ("", "it defines no double"),
        ("class double:\n    ...\n", "its double is no function"),
        ("def double(y, x):\n    ...\n", "its double takes (y, x), and (x) is declared"),
        ("def double(x)\n    ...\n", "it is not valid Python: expected ':' (<unknown>, line 1)"),
    ],
)
def test_a_starter_without_what_is_to_be_filled_in_closes_the_gate(rows, starter, remark):
    found, ok = rows(make_exercise(baseline=RIGHT, starter=starter))

    assert not ok
    assert not found["starter.py"].ok
    assert found["starter.py"].remark == remark


def test_of_a_class_a_starter_may_leave_everything_to_the_student():
    assert lacking(make_exercise(DESCENT)) == ""
    taken = "class Descent:\n    def __init__(self, params, rate=0.1):\n        ...\n"
    wrong = "its Descent takes (params, rate), and (params, lr) is declared"
    assert lacking(make_exercise(DESCENT, starter=taken)) == wrong


def test_a_starter_of_formulas_has_a_line_for_each():
    assert lacking(make_exercise(FORMULA)) == ""
    assert lacking(make_exercise(FORMULA, starter="area(a, b) =\n")) == "it has no line for cube'"


def test_a_right_solution_that_is_too_far_off_says_how_far(rows):
    near = "def double(x):\n    return 2 * x * (1 + 1e-9)\n"
    found, _ = rows(make_exercise(solutions__right=near))

    assert " It is off by " in found["solutions/right.py"].remark
    assert "; the bound is " in found["solutions/right.py"].remark


def test_inputs_that_a_seed_does_not_repeat_close_the_gate(rows):
    found, ok = rows(make_exercise(reference=DOUBLE[2].replace("rng.normal", "np.random.normal")))

    assert not ok
    assert found["inputs of “Doubled”"].remark == "draw from rng alone, not from np.random"


def test_rows_are_reported_as_they_are_known(sandbox):
    heard = []

    report = gate(make_exercise(), sandbox=sandbox, on_row=heard.append)

    assert tuple(heard) == report.rows


def test_every_right_solution_is_run_on_the_examples_that_students_see(rows):
    found, ok = rows(make_exercise(baseline=RIGHT))

    assert ok
    assert found["example 1, double"].observed == "2 of 2 do"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("{ x = [[1.0, 2.0]] }", "solutions/right.py: The code raised ValueError"),
        ("{ x = [0.0] }", "solutions/right.py: y has dtype"),
    ],
)
def test_an_example_on_which_a_right_solution_goes_wrong_closes_the_gate(rows, arguments, said):
    right = (
        "def double(x):\n    if x.ndim == 2: raise ValueError\n    return x + x if x[0] else x.astype('f4')\n"
    )
    found, ok = rows(
        make_exercise(
            solutions__right=right, replace=("arguments = { x = [1.0, 2.0] }", f"arguments = {arguments}")
        )
    )

    assert not ok
    assert found["solutions/right.py"].ok
    assert found["example 1, double"].observed == "0 of 1 do"
    assert found["example 1, double"].remark.startswith(said)


def test_an_example_that_the_reference_cannot_answer_closes_the_gate_and_says_why(rows):
    again = '[[examples]]\nentry = "double"\narguments = { x = "text" }\n\n[[examples]]'
    reference = DOUBLE[2].replace("return 2 * x", "return 2.0 * np.sin(x) / np.sin(x) * x")
    found, ok = rows(make_exercise(reference=reference, replace=("[[examples]]", again)))

    assert not ok
    assert found["example 1, double"].observed == "the exercise failed"
    assert "raised" in found["example 1, double"].remark
    assert list(found)[-1] == "example 1, double"  # nothing more is tried


LONG = DOUBLE[2].replace("(3, 2, 4)", "(9, 8, 7)")


def test_a_wrong_solution_shows_a_counterexample_that_can_be_worked_by_hand(sandbox):
    report = gate(make_exercise(reference=LONG, baseline=RIGHT), sandbox=sandbox)

    (half,) = [row for row in report.rows if row.program == "solutions/half.py"]
    assert half.counterexample.as_dict() == {"axis": 1, "steps": 0, "nodes": 0, "shown": True, "small": True}
    assert report.as_dict()["counterexamples"] == {"small": 1, "by_value": 1, "share": 1.0, "wanted": 0.8}


def test_a_large_counterexample_is_counted_and_closes_no_gate(sandbox):
    report = gate(make_exercise(reference=LONG), sandbox=sandbox)  # without a baseline nothing is shrunk

    assert report.ok
    (half,) = [row for row in report.rows if row.program == "solutions/half.py"]
    assert (half.counterexample.extent.axis, half.counterexample.small) == (7, False)
    assert (report.counterexamples.small, report.counterexamples.share) == (0, 0.0)


def test_a_solution_that_fails_before_its_values_are_looked_at_has_no_counterexample(sandbox):
    report = gate(
        make_exercise(baseline=RIGHT, solutions__half="def double(x):\n    return x[0]"), sandbox=sandbox
    )

    assert not report.ok or report.rows
    assert report.counterexamples.by_value == 0
    assert "counterexample" not in report.as_dict()["rows"][3]


NO_DEVICE = "there is no NVIDIA device here"


def test_an_exercise_for_a_gpu_is_tried_on_the_processor_without_one_and_not_taken_for_good(
    sandbox, monkeypatch
):
    monkeypatch.setattr(device, "find", lambda: NO_DEVICE)

    report = gate(make_exercise(replace=ON_GPU), sandbox=sandbox)

    assert not report.ok
    assert report.as_declared
    assert len(report.rows) == 5  # starter, two solutions, the example, canaries
    assert report.untried == f"on a GPU, for {NO_DEVICE}; on the processor it was"
    assert report.as_dict()["untried"] == report.untried


TIMED = """
[[checks]]
name = "Fast"
kind = "time"
threshold = 3.0
entry = "double"
group = "any"
points = 1

[[solutions]]
file = "solutions/slow.py"
outcome = "wrong"
fails = "Fast"
name = "Slow"
sentence = "It waits."
hint = "For whom?"
lesson = "#slow"
"""


def test_what_an_exercise_for_a_gpu_measures_is_not_tried_on_the_processor():
    files = make_files(replace=ON_GPU, baseline=RIGHT, solutions__slow=RIGHT)
    exercise = exercise_from_files({**files, "exercise.toml": files["exercise.toml"] + TIMED})

    part, untried = tried_here(exercise, no_device=NO_DEVICE)

    assert part.queue is Queue.CPU
    assert [check.name for check in exercise.checks] == [*(check.name for check in part.checks), "Fast"]
    assert [one.name for one in exercise.solutions] == [*(one.name for one in part.solutions), "Slow"]
    assert untried == f"on a GPU, for {NO_DEVICE}; on the processor it was, without “Fast”"
    assert tried_here(exercise, no_device="") == (exercise, "")


def test_of_an_exercise_that_only_measures_nothing_is_tried_on_the_processor(sandbox, monkeypatch):
    monkeypatch.setattr(device, "find", lambda: NO_DEVICE)
    files = make_files(replace=ON_GPU, baseline=RIGHT)
    timed = files["exercise.toml"].replace('kind = "value"', 'kind = "time"\nthreshold = 3.0')

    report = gate(exercise_from_files({**files, "exercise.toml": timed}), sandbox=sandbox)

    assert (report.ok, report.rows) == (False, ())
    assert gate_ending(report) == f"  – Not tried: {report.untried}\n"
    assert report.untried == f"on a GPU, for {NO_DEVICE}; and it only measures"
