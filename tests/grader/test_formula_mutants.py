"""Typed formulas are broken as programs are, and stay formulas."""

import pytest

from grader.errors import ExerciseError
from grader.formula_mutants import canonical, formula_mutants, is_readable, names_of
from grader.mutation import mutate
from tests.grader.factories import FORMULA, make_exercise

NAMES = {"cube'": ["x"], "area": ["a", "b"]}
SHEET = "area(a, b) = a b/2   # half\ncube'(x) = 3x^2\n"


def test_a_formula_is_spelled_in_one_way():
    assert canonical(SHEET, NAMES, file="f") == "area = a * b / 2\ncube' = 3 * x ** 2"
    assert canonical("cube' = 3*x**2\narea = (a*b)/(2)", NAMES, file="f").split("\n")[1] == "area = a * b / 2"


@pytest.mark.parametrize(
    "text",
    [
        "-x^2/2",
        "2^-x",
        "(-x)^2",
        "e^(-x^2/2)(2pi)^-0.5",
        "1 - (x - 2 - 3)",
        "1/(x/2)/3",
        "max(x, 1, pi) - -x",
        "0.1x",
    ],
)
def test_the_spelling_means_the_same(text):
    from grader.formula.parser import parse

    respelled = canonical(f"f = {text}", {"f": ["x"]}, file="f").removeprefix("f = ")

    for x in (0.3, 1.7, -2.0):
        assert parse(respelled, ["x"])({"x": x}) == pytest.approx(parse(text, ["x"])({"x": x}), rel=1e-14)


def test_each_mutant_changes_one_line_and_can_be_read():
    whole = canonical(SHEET, NAMES, file="f").split("\n")
    mutants = formula_mutants(SHEET, NAMES, file="f")

    for one in mutants:
        lines = one.source.split("\n")
        assert sum(a != b for a, b in zip(whole, lines, strict=True)) <= 1
        assert is_readable(one.source, NAMES), one.source
    assert {"area = a / b / 2", "area = b / 2", "cube' = 3 * x ** 3", "cube' = 3 * x"} <= {
        one.becomes for one in mutants
    }
    assert "area: a * b became a / b" in {one.description for one in mutants}


def test_what_cannot_be_read_is_the_authors_to_mend():
    with pytest.raises(ExerciseError, match="expected a formula that can be read for each of cube', area"):
        formula_mutants("area = a b/2\ncube' =", NAMES, file="solutions/right.txt")


def test_an_exercise_of_formulas_is_mutated(sandbox):
    exercise = make_exercise(FORMULA)

    report = mutate(exercise, sandbox=sandbox)

    assert names_of(exercise).keys() == NAMES.keys()
    assert report.ok
    assert len(report.trials) > 20
    assert {trial.file for trial in report.trials} == {"baseline.txt"}  # the solution is the same
