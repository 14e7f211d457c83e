"""Formulas are compared by value, and no byte of them is run."""

import pytest

from grader import gate, grade, run_examples
from grader.errors import AuthorError
from grader.exercise import CheckKind
from grader.outcome import Outcome
from tests.grader.factories import FORMULA, make_exercise

AREA = "\narea = a*b/2"


@pytest.fixture(scope="module")
def cubes():
    return make_exercise(FORMULA)


def graded(exercise, source, sandbox, **options):
    return grade(exercise, source, sandbox=sandbox, seed=5, **options)


@pytest.mark.parametrize(
    "formula", ["3x^2", "3*x*x", "x^2 + 2x^2", "3 exp(2 log(x))", "((x+1)^3 - (x-1)^3 - 2)/2"]
)
def test_equal_formulas_are_all_right(cubes, sandbox, formula):
    verdict = graded(cubes, f"cube'(x) = {formula}{AREA}", sandbox)

    assert verdict.passed, verdict.checks[0].sentence
    assert verdict.points == 3


def test_no_box_is_opened_for_a_students_formulas(cubes, sandbox, monkeypatch):
    opened = []
    box = sandbox.box
    monkeypatch.setattr(
        sandbox, "box", lambda runtime, **options: opened.append(runtime) or box(runtime, **options)
    )
    graded(make_exercise(FORMULA, number=77), "cube' = x", sandbox)

    assert {str(runtime) for runtime in opened} <= {"torch"}  # the reference's


def test_a_wrong_formula_is_shown_at_the_simplest_point(cubes, sandbox):
    check = graded(cubes, f"cube' = 2x^2 + 1{AREA}", sandbox).checks[0]

    assert check.outcome is Outcome.MISMATCH
    assert check.sentence == "At x = 0 your formula for cube' gives 1, expected 0."
    assert check.evidence.shrunk
    assert check.evidence.input == "x = 0.0"


def test_a_stored_mistake_is_named_however_it_is_written(cubes, sandbox):
    check = graded(cubes, f"cube'(x) = x*x*x*2 + x^3{AREA}", sandbox).checks[0]

    assert check.evidence.diagnosis["name"] == "Exponent kept"
    assert check.evidence.diagnosis["evidence"] == "on 5 of 5 inputs"


@pytest.mark.parametrize(
    ("formula", "name", "words"),
    [
        ("-3x^2", "Wrong sign", "wrong sign"),
        ("x^2", "Constant factor", "0.3333 times"),
        ("3x", "Constant factor", "1/x of"),
        ("x^3", "Not differentiated", "the function itself"),
        ("0*x", "All zeros", "zero on every input"),
        ("((x + 1e-5)^3 - (x - 1e-5)^3)/2e-5", "An approximation", "digits"),
        ("2.9999999 x^2", "An approximation", "agrees to 7 digits"),
    ],
)
def test_generic_slips_are_named(cubes, sandbox, formula, name, words):
    diagnosis = graded(cubes, f"cube' = {formula}{AREA}", sandbox).checks[0].evidence.diagnosis

    assert diagnosis["name"] == name
    assert words in diagnosis["sentence"]


def test_a_formula_without_a_value_says_which_piece_has_none(cubes, sandbox):
    check = graded(cubes, f"cube' = 3x^2 + 0*log(-x){AREA}", sandbox).checks[0]

    assert check.outcome is Outcome.NOT_FINITE
    assert "`log(-x)` is not defined there" in check.sentence


def test_an_unreadable_line_costs_its_own_check_only(cubes, sandbox):
    verdict = graded(cubes, f"cube' = 3x^{AREA}", sandbox)
    first, second = verdict.checks

    assert first.outcome is Outcome.SYNTAX
    assert first.evidence.line == 1
    assert first.evidence.traceback[0]["text"] == "cube' = 3x^\n           ^"
    assert second.passed
    assert verdict.headline == "Not passed yet. One line cannot be read."


def test_a_line_that_is_not_written_yet_is_missing(cubes, sandbox):
    first, second = graded(cubes, f"cube'(x) ={AREA}", sandbox).checks

    assert first.outcome is Outcome.MISSING
    assert first.sentence == "There is no formula for cube' yet. Write it behind `cube'(x) =`."
    assert second.passed


def test_a_name_without_its_prime_costs_its_own_check_only(cubes, sandbox):
    first, second = graded(cubes, f"cube(x) = 3x^2{AREA}", sandbox).checks

    assert first.outcome is Outcome.SYNTAX
    assert first.sentence == (
        "Line 1 cannot be read. No formula of that name is asked for. Did you mean `cube'`?"
    )
    assert second.passed


def test_a_stray_line_stops_the_grading_and_says_what_is_asked_for(cubes, sandbox):
    first, second = graded(cubes, "square' = 2x", sandbox).checks

    assert "Asked for: cube'(x), area(a, b)." in first.sentence
    assert (second.outcome, second.sentence) == (Outcome.NOT_RUN, "Not run: a line cannot be read.")


def test_a_formula_that_is_true_nowhere_near_code_is_not_run(cubes, sandbox):
    first, _ = graded(cubes, "__import__('os').system('true')", sandbox).checks

    assert first.outcome is Outcome.SYNTAX


def test_run_shows_the_formulas_value_beside_the_expected_one(cubes, sandbox):
    (example,) = run_examples(cubes, f"cube' = 3x^3{AREA}", sandbox=sandbox).examples

    assert (example.input, example.got, example.expected) == ("x = 2.0", "24.0", "12.0")
    assert example.outcome is Outcome.MISMATCH


def test_the_gate_is_open_and_its_canaries_are_formulas(cubes, sandbox):
    report = gate(cubes, sandbox=sandbox)

    assert report.ok, [row for row in report.rows if not row.ok]
    canaries = {row.program: row.observed for row in report.rows if row.program.startswith("canaries")}
    assert canaries == {"canaries of “A derivative”": "7 of 7 fail", "canaries of “A value”": "7 of 7 fail"}


def test_a_function_that_is_its_own_derivative_is_no_canary(sandbox):
    reference = "import torch\n" + FORMULA[2].replace("x**3", "torch.exp(x)")
    exercise = make_exercise(
        FORMULA,
        reference=reference,
        baseline="cube' = exp(x)",
        solutions__right="cube' = exp(x)\narea = a b/2",
    )
    rows = [
        row for row in gate(exercise, sandbox=sandbox).rows if row.program == "canaries of “A derivative”"
    ]

    assert rows[0].remark == "does not apply: the function itself"


def test_a_point_that_is_no_number_is_the_authors_to_mend(sandbox):
    reference = FORMULA[2].replace("float(rng.uniform(0.5, 2.0))", "rng.uniform(0.5, 2.0, size=2)")

    with pytest.raises(AuthorError):
        graded(make_exercise(FORMULA, reference=reference), "cube' = x", sandbox)


def test_kind_and_files_of_formulas_are_read_from_the_folder(cubes):
    assert cubes.of_formulas
    assert cubes.filename == "cubes.txt"
    assert cubes.starter == "cube'(x) =\narea(a, b) =\n"
    assert cubes.baseline == "cube' = 3x^2\narea = a b / 2\n"
    assert {check.kind for check in cubes.checks} == {CheckKind.FORMULA}
