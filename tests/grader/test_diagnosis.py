"""A mistake is named when the answers say so, with its evidence, and never guessed."""

import numpy as np
import pytest

from grader import grade
from grader.diagnosis import difference
from grader.program import Response
from grader.sandbox import Raised
from grader.tolerance import Tolerance
from tests.grader.factories import DOUBLE, DOUBLE_TOML, SQUARE, make_exercise

TOLERANCE = Tolerance(eps=1e-16, terms=1)
MORE = """
[[solutions]]
file = "solutions/minus.py"
outcome = "wrong"
fails = "Doubled"
name = "Turned"
sentence = "You turn the sign."
hint = "Look at the sign."
lesson = "#sign"

[[solutions]]
file = "solutions/twin.py"
outcome = "wrong"
fails = "Doubled"
name = "Divided"
sentence = "You divide."
hint = "Do not."

[[solutions]]
file = "solutions/raises.py"
outcome = "wrong"
fails = "Doubled"
name = "Too far"
sentence = "You index beyond the end."
hint = "Count from 0."
"""


@pytest.fixture
def named(sandbox):
    """The diagnosis for a source."""
    files = {
        "solutions__right": "def double(x):\n    return x + x\n",
        "solutions__half": "def double(x):\n    return x / 2\n",
        "solutions__minus": "def double(x):\n    return -2 * x\n",
        "solutions__twin": "def double(x):\n    return x * 0.5\n",
        "solutions__raises": "def double(x):\n    return x[100]\n",
    }
    exercise = make_exercise(("double", DOUBLE_TOML + MORE, DOUBLE[2]), **files)

    def diagnosed(source):
        return grade(exercise, source, sandbox=sandbox).checks[0].evidence.diagnosis

    return diagnosed


def test_the_same_answers_have_the_same_name(named):
    diagnosis = named("def double(x):\n    return x - 3 * x")

    assert diagnosis["name"] == "Turned"
    assert diagnosis["evidence"] == "on 3 of 3 inputs"
    assert (diagnosis["hint"], diagnosis["lesson"], diagnosis["also"]) == ("Look at the sign.", "#sign", [])


def test_several_that_match_are_all_said(named):
    diagnosis = named("def double(x):\n    return x / 4 + x / 4")

    assert {diagnosis["name"], *diagnosis["also"]} == {"Halved", "Divided"}
    assert "on these inputs the same as" in diagnosis["evidence"]


def test_the_same_exception_on_every_input_has_a_name(named):
    assert named("def double(x):\n    return x[50]")["name"] == "Too far"


def test_what_matches_on_some_inputs_only_is_not_named(named):
    assert named("def double(x):\n    return -2 * x if len(x) > 2 else x * 5") is None


def test_what_matches_nothing_is_not_named(named):
    assert named("def double(x):\n    return x**2") is None


def test_a_submission_that_was_stopped_is_not_diagnosed(named):
    assert named("import os\ndef double(x):\n    os._exit(3)") is None


def test_a_wrong_solution_that_is_broken_costs_no_verdict(sandbox):
    exercise = make_exercise(solutions__half="import nothing")

    check = grade(exercise, "def double(x):\n    return x**2", sandbox=sandbox).checks[0]

    assert check.evidence.diagnosis is None


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        (Response(value=1.0), Response(value=np.float64(1.0)), True),
        (Response(value=1.0), Response(value=1.1), False),
        (Response(value=np.ones(2)), Response(value=np.ones((2, 1))), False),
        (Response(value=np.ones(2)), Response(value=np.ones(2, dtype=int)), False),
        (Response(value=np.full(2, np.nan)), Response(value=np.full(2, np.nan)), True),
        (Response(value=np.full(2, np.nan)), Response(value=np.ones(2)), False),
        (Response(value=(1.0, 2.0)), Response(value=(1.0,)), False),
        (Response(value=(1.0, "a")), Response(value=(1.0, "a")), True),
        (Response(value={"a": 1.0}), Response(value={"b": 1.0}), False),
        (Response(value=None), Response(value=0), False),
        (Response(swallowed=1), Response(), False),
        (Response(value=1.0, calls={"f": 2}), Response(value=1.0, calls={"f": 4}), False),
        (Response(value=1.0, changed=("x",)), Response(value=1.0), False),
        (
            Response(failure=Raised("KeyError", "'w1'", (), 0.0)),
            Response(failure=Raised("KeyError", "'weight'", (), 0.0)),
            True,
        ),
        (
            Response(failure=Raised("ValueError", "cannot reshape (2, 3) into shape [6], 6 of 12", (), 0.0)),
            Response(failure=Raised("ValueError", "cannot reshape (4,) into shape [1, 2], 2 of 4", (), 0.0)),
            True,
        ),
        (
            Response(failure=Raised("IndexError", "index -1 is out of bounds", (), 0.0)),
            Response(failure=Raised("IndexError", "index 12 is out of bounds", (), 0.0)),
            True,
        ),
        (
            Response(failure=Raised("TypeError", "can't multiply 'Value' by 'float'", (), 0.0)),
            Response(failure=Raised("TypeError", "can't multiply 'V' by 'int'", (), 0.0)),
            True,
        ),
        (
            Response(failure=Raised("RuntimeError", "a leaf is used in place", (), 0.0)),
            Response(failure=Raised("RuntimeError", "backward a second time", (), 0.0)),
            False,
        ),
        (
            Response(failure=Raised("ValueError", "", (), 0.0)),
            Response(failure=Raised("KeyError", "", (), 0.0)),
            False,
        ),
        (Response(failure=Raised("ValueError", "", (), 0.0)), Response(value=None), False),
    ],
)
def test_two_responses_are_alike_in_everything_or_not_at_all(a, b, alike):
    assert (difference(a, b, TOLERANCE) is not None) == alike


SLIPS = {
    "return 0 * x, 0 * scale": ("All zeros", "dx is zero on every input."),
    "return -dx, dscale": ("Wrong sign", "dx has the wrong sign, and is right otherwise."),
    "return dx, -dscale": ("Wrong sign", "dscale has the wrong sign, and is right otherwise."),
    "return dx / 2, dscale": ("Constant factor", "dx is 0.5 times what it should be"),
    "return dx, dscale / len(x)": ("Constant factor", "dscale is 1/x.shape[0] of what it should be"),
    "return dx, dscale * x.size": ("Constant factor", "dscale is x.size times what it should be"),
}


@pytest.mark.parametrize(("line", "said"), SLIPS.items(), ids=str)
def test_a_generic_slip_is_recognised_in_the_numbers(sandbox, line, said):
    exercise = make_exercise(SQUARE, replace=('group = "any"', 'group = "f8"'))
    source = f"""
def square_backward(x, scale, dy):
    dx, dscale = 2 * x * scale * dy, (x**2 * dy).sum(axis=0)
    {line}
"""
    diagnosis = grade(exercise, source, sandbox=sandbox).checks[0].evidence.diagnosis

    assert diagnosis["name"] == said[0]
    assert diagnosis["sentence"].startswith(said[1])
    assert diagnosis["evidence"] == "on 3 of 3 inputs"


def test_a_transpose_is_recognised(sandbox):
    reference = "def cases(rng, group):\n    return [{'x': rng.normal(size=(3, n))} for n in (2, 3)]\n"
    exercise = make_exercise(reference=reference + "def expected(x):\n    return 2 * x\n")

    check = grade(exercise, "def double(x):\n    return 2 * x.T", sandbox=sandbox).checks[0]

    assert check.evidence.diagnosis["name"] == "Transposed"


TWO_CHECKS = (
    DOUBLE_TOML
    + """
[[checks]]
name = "Zeros"
kind = "value"
entry = "double"
group = "small"
points = 1

[[solutions]]
file = "solutions/shifted.py"
outcome = "wrong"
fails = "Doubled"
name = "Shifted"
sentence = "You add 1."
hint = "Do not."
"""
)


def test_a_mistake_that_answered_otherwise_where_it_is_wrong_first_is_not_named_later(sandbox):
    zeros = "def cases(rng, group):\n    if group == 'small':\n        return [{'x': np.zeros(3)}]"
    reference = DOUBLE[2].replace("def cases(rng, group):", zeros)
    stored = {"right": "x + x", "half": "x / 2", "shifted": "2 * x + 1"}
    files = {f"solutions__{name}": f"def double(x):\n    return {body}\n" for name, body in stored.items()}
    exercise = make_exercise(("double", TWO_CHECKS, reference), **files)

    def names(source):
        checks = grade(exercise, source, sandbox=sandbox).checks
        return [(check.evidence.diagnosis or {}).get("name") for check in checks]

    assert names("def double(x):\n    return 1 + x + x") == ["Shifted", "Shifted"]
    assert names("def double(x):\n    return 7 * x + 1")[0] is None
    assert names("def double(x):\n    return x**2 + 1")[1] != "Shifted"


def test_another_exception_of_the_same_type_is_another_mistake(named):
    assert named("def double(x):\n    return x[70]")["name"] == "Too far"
    assert named("def double(x):\n    return [][0]") is None
