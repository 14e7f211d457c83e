"""A function that is an argument, as its author wrote it down: shown, held to its word, sent home."""

import json
import re

import pytest

from grader import archive, gate, grade
from grader.errors import ReferenceError_
from grader.inputs import MAX_FUNCTION
from grader.student_bundle import student_bundle
from tests.grader.at_home import run_at_home
from tests.grader.factories import WRITTEN, WRITTEN_REFERENCE, make_exercise

RIGHT = "def apply(f, x):\n    return f(f(x))\n"
PLUS_ONE = "def apply(f, x):\n    return f(f(x)) + 1\n"
TEXT = 'f"{name} = lambda x: {self.factor} * x"'


def written(text):
    """The exercise with another text of its function."""
    return make_exercise(WRITTEN, reference=WRITTEN_REFERENCE.replace(TEXT, text), baseline=RIGHT)


def shown(exercise, sandbox):
    return grade(exercise, PLUS_ONE, sandbox=sandbox, seed=1).checks[0].evidence.input


def test_a_failure_shows_the_function_that_the_code_was_given(sandbox):
    assert re.fullmatch(r"f = lambda x: 2\.\d+ \* x\nx = 0\.0", shown(written(TEXT), sandbox))


@pytest.mark.parametrize("text", ['""', f'name + " = 1" + {MAX_FUNCTION} * "0"'])
def test_a_function_without_a_text_or_with_a_long_one_is_only_named(sandbox, text):
    assert shown(written(text), sandbox) == "f = ...  # a function\nx = 0.0"


@pytest.mark.parametrize(
    ("text", "why"),
    [("7", "as_python of f returns a int, expected text"), ("1 / 0", "raised ZeroDivisionError")],
)
def test_a_text_that_is_none_is_the_authors_mistake(sandbox, text, why):
    with pytest.raises(ReferenceError_, match=why):
        shown(written(text), sandbox)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (TEXT, None),
        ('f"{name} = lambda x: np.multiply({self.factor}, x)"', None),
        ('f"{name} = lambda x: {self.factor} * x + 1e-9"', "as_python says"),
        ('f"{name} = lambda x:"', "raised SyntaxError"),
        ('"g = lambda x: x"', "raised KeyError"),
    ],
)
def test_the_gate_holds_the_text_to_what_the_function_returns(sandbox, text, why):
    rows = [
        row for row in gate(written(text), sandbox=sandbox).rows if row.program.startswith("functions of")
    ]

    if why is None:
        assert rows == []
    else:
        (row,) = rows
        assert not row.ok
        assert why in row.remark


def test_of_two_functions_one_may_have_a_text(sandbox):
    reference = WRITTEN_REFERENCE.replace('"x": float', '"g": abs, "x": float').replace(
        "(f, x):", "(f, g, x):"
    )
    toml = WRITTEN[1].replace("(f, x)", "(f, g, x)").replace('["f", "x"]', '["f", "g", "x"]')
    calls = "def apply(f, g, x):\n    g(x)\n    return f(f(x))\n"
    exercise = make_exercise((WRITTEN[0], toml, reference), baseline=calls)

    assert not [row for row in gate(exercise, sandbox=sandbox).rows if row.program.startswith("functions of")]
    failed = grade(exercise, calls.replace("f(x))", "f(x)) + 1"), sandbox=sandbox, seed=1).checks[0]
    assert re.fullmatch(
        r"f = lambda x: 2\.\d+ \* x\ng = \.\.\.  # a function\nx = 0\.0", failed.evidence.input
    )


def test_at_home_the_function_answers_wherever_it_is_called(sandbox):
    exercise = written(TEXT)
    verdict = grade(exercise, PLUS_ONE, sandbox=sandbox, seed=1)
    packed = student_bundle(exercise, PLUS_ONE, verdict, sandbox=sandbox)
    told = json.loads(archive.unpack(packed)["checks.json"])
    elsewhere = "def apply(f, x):\n    return f(x + 1)\n"

    assert told["checks"][0]["cases"][0]["functions"]["f"].startswith("f = lambda x: 2.")
    assert "All checks that are here pass." in run_at_home(packed, sandbox, apply=RIGHT).printed
    astray = run_at_home(packed, sandbox, apply=elsewhere).printed
    assert "y is " in astray
    assert "no answer" not in astray
