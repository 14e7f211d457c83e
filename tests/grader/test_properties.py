"""An invariant of the author's, looked into by the author's code, judged by the bounds of exercise.toml."""

import pytest

from grader import gate, grade, run_examples
from grader.errors import AuthorError
from grader.outcome import Outcome
from grader.reference import Reference
from tests.grader.factories import APPLY_REFERENCE, DOUBLE, NOISE, SPLIT, SPLIT_REFERENCE, make_exercise


@pytest.fixture(scope="module")
def split():
    return make_exercise(SPLIT)


def graded(exercise, source, sandbox, **options):
    return grade(exercise, source, sandbox=sandbox, seed=5, **options)


def returning(expression):
    return f"def split(x):\n    return {expression}\n"


@pytest.mark.parametrize("answer", ["(x / 4, 3 * x / 4)", "(x - 5.0, 5.0)", "(0.0, x)"])
def test_every_answer_that_keeps_to_the_bounds_is_right(split, sandbox, answer):
    assert graded(split, returning(answer), sandbox).passed


def test_a_residual_above_its_bound_is_said_in_the_authors_words(split, sandbox):
    check = graded(split, returning("(x, 1.0)"), sandbox).checks[0]

    assert check.outcome is Outcome.MISMATCH
    assert check.sentence == "a + b is 3, off by 1; 1 × 10⁻⁹ is allowed."
    assert check.evidence.value == "error"
    assert check.evidence.expected == "at most 1 × 10⁻⁹"


def test_a_residual_below_its_least_value_fails_too(split, sandbox):
    check = graded(split, returning("(x / 2, x / 2)"), sandbox).checks[0]

    assert check.sentence == "a and b are 0 apart, at least 0.5 is due."


def test_nan_keeps_to_no_bound(sandbox):
    reference = SPLIT_REFERENCE.replace("abs(a + b - x)", 'float("nan")')
    check = graded(make_exercise(SPLIT, reference=reference), returning("(0.0, x)"), sandbox).checks[0]

    assert not check.passed
    assert "off by NaN" in check.sentence


def test_a_failure_is_shown_on_a_small_input(split, sandbox):
    check = graded(split, returning("(x, x)"), sandbox).checks[0]

    assert check.evidence.shrunk
    assert check.evidence.input == "x = 2.0"  # at 1 the baseline's parts are not far enough apart


def test_two_numbers_side_by_side_are_of_what_is_returned(sandbox):
    toml = NOISE[1].replace('name = "z"', 'name = "off"')
    reference = NOISE[2].replace('"z":', '"got": found, "expected": std, "off":')
    halved = "def noise(shape, std, rng):\n    return std / 2 * rng.standard_normal(shape)\n"

    evidence = graded(make_exercise((NOISE[0], toml, reference)), halved, sandbox).checks[0].evidence

    assert (evidence.value, evidence.expected) == ("w", 0.3)
    assert evidence.got == pytest.approx(0.15, rel=0.2)


@pytest.mark.parametrize("answer", ["(x, x)", "(0.5 * (x + x), x)"])
def test_a_stored_mistake_is_named_by_what_the_property_finds(split, sandbox, answer):
    diagnosis = graded(split, returning(answer), sandbox).checks[0].evidence.diagnosis

    assert diagnosis["name"] == "Not divided"
    assert diagnosis["evidence"] == "on 4 of 4 inputs"


def test_another_answer_with_the_same_numbers_is_the_same_mistake(sandbox):
    """3x and −x are not x and x, but add up to the same and are looked at in no other way here."""
    reference = SPLIT_REFERENCE.replace('"gap": abs(a - b)', '"gap": 1.0')
    exercise = make_exercise(SPLIT, reference=reference)

    assert (
        graded(exercise, returning("(3 * x, -x)"), sandbox).checks[0].evidence.diagnosis["name"]
        == "Not divided"
    )


@pytest.mark.parametrize(
    ("answer", "outcome", "words"),
    [
        ("x", Outcome.STRUCTURE, "a tuple of 2 values (a, b) is due"),
        ("(x, x, x)", Outcome.STRUCTURE, "two values are due"),
        ("(x, 'half')", Outcome.STRUCTURE, "b is a str; a float is due"),
        ("(x, None)", Outcome.STRUCTURE, "b is None"),
        ("(x, float('nan'))", Outcome.NOT_FINITE, "b is NaN"),
        ("(1 / 0, x)", Outcome.RAISED, "ZeroDivisionError"),
    ],
)
def test_what_has_not_the_declared_form_never_meets_the_authors_code(sandbox, answer, outcome, words):
    reference = SPLIT_REFERENCE.replace("a, b = result", "raise TypeError('met')")
    exercise = make_exercise(SPLIT, reference=reference)
    check = graded(exercise, returning(answer), sandbox).checks[0]

    assert check.outcome is outcome
    assert words in check.sentence


def test_what_the_authors_code_refuses_is_the_students_to_mend(split, sandbox):
    check = graded(split, returning("(1e7, x - 1e7)"), sandbox).checks[0]

    assert check.outcome is Outcome.STRUCTURE
    assert check.sentence == "The result cannot be examined: a is far too large."


def test_an_examination_without_end_is_stopped_and_the_grading_goes_on(sandbox, monkeypatch):
    monkeypatch.setattr("grader.reference.ANSWER_S", 0.3)
    reference = SPLIT_REFERENCE.replace('raise ValueError("a is far too large")', "while True: pass")
    check = graded(make_exercise(SPLIT, reference=reference), returning("(1e7, x - 1e7)"), sandbox).checks[0]

    assert "took too long" in check.sentence


@pytest.mark.parametrize(
    "found",
    ['{"error": 0.0, "gap": 1.0}', '{"error": 0.0, "gap": 1.0, "sum": "three"}', "3", "undefined_name"],
)
def test_an_examination_that_fails_is_the_authors_to_mend(sandbox, found):
    reference = SPLIT_REFERENCE.split("    a, b = result")[0] + f"    return {found}\n"

    with pytest.raises(AuthorError, match="residuals"):
        graded(make_exercise(SPLIT, reference=reference), returning("(0.0, x)"), sandbox)


def test_the_authors_box_that_met_answers_is_not_kept(split, sandbox):
    with Reference(split, sandbox) as reference:
        assert reference._open() is not None
        key = reference._key

    assert sandbox.kept(key) is None


def test_the_authors_box_of_other_exercises_is_kept(sandbox):
    with Reference(make_exercise(DOUBLE), sandbox) as reference:
        box = reference._open()
        key = reference._key

    assert sandbox.kept(key) is box
    box.close()


def test_calls_are_counted_and_answered_as_for_values(sandbox):
    toml = (
        SPLIT[1].replace('"split(x)', '"split(f, x)').replace('parameters = ["x"]', 'parameters = ["f", "x"]')
    )
    toml = toml.replace("points = 2", "points = 2\ncalls = { f = { at_most = 1 } }").split("[[solutions]]")[0]
    reference = (
        APPLY_REFERENCE.split("def expected")[0]
        + """
def residuals(f, x, result):
    a, b = result
    return {"error": abs(a + b - f(x)), "gap": 1.0, "sum": a + b}
"""
    )
    exercise = make_exercise(("split", toml, reference))

    once = "def split(f, x):\n    y = f(x)\n    return y, 0.0\n"
    twice = "def split(f, x):\n    return f(x), f(x) - f(x)\n"
    assert graded(exercise, once, sandbox).passed
    assert graded(exercise, twice, sandbox).checks[0].outcome is Outcome.CALLS


def test_a_statistic_is_judged_on_what_a_generator_of_the_judges_gave(sandbox):
    exercise = make_exercise(NOISE)
    right = "def noise(shape, std, rng):\n    return std * rng.standard_normal(shape)\n"
    squared = right.replace("std * rng", "std**2 * rng")
    transposed = right.replace("(shape)", "(shape[::-1])")

    assert graded(exercise, right, sandbox).passed
    assert "The standard deviation is 0.0" in graded(exercise, squared, sandbox).checks[0].sentence
    assert graded(exercise, transposed, sandbox).checks[0].outcome is Outcome.SHAPE


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        ("rng.standard_normal(shape)", ""),
        ("np.random.standard_normal(shape)", "two generators of the same seed, your code returns different"),
        (
            "np.random.default_rng(7).standard_normal(shape)",
            "generators of two seeds, your code returns the same",
        ),
        ("kept.standard_normal(shape)", "two generators of the same seed, your code returns different"),
    ],
)
def test_what_is_not_drawn_from_the_generator_that_is_given_is_found(sandbox, draw, said):
    seeded = NOISE[1].replace('reference = "spread"', 'reference = "spread"\nseeded = true')
    source = "import numpy as np\nkept = np.random.default_rng()\n"
    source += f"def noise(shape, std, rng):\n    return std * {draw}\n"

    (check,) = graded(make_exercise((NOISE[0], seeded, NOISE[2])), source, sandbox).checks

    assert check.passed == (not said)
    assert said in check.sentence
    assert graded(make_exercise(NOISE), source, sandbox).passed  # nobody looks


def test_the_seed_of_a_case_is_a_whole_number(sandbox):
    seeded = NOISE[1].replace('reference = "spread"', 'reference = "spread"\nseeded = true')
    broken = NOISE[2].replace("int(rng.integers(2**31))", "1.5")

    with pytest.raises(AuthorError, match="expected a whole number for rng"):
        graded(make_exercise((NOISE[0], seeded, broken)), "def noise(*_):\n    return 1.0\n", sandbox)


def test_run_shows_the_bounds_where_many_answers_are_right(split, sandbox):
    (right,) = run_examples(split, returning("(x / 3, 2 * x / 3)"), sandbox=sandbox).examples
    (wrong,) = run_examples(split, returning("(x, x)"), sandbox=sandbox).examples

    assert right.outcome is Outcome.PASSED
    assert right.expected == "error: at most 1 × 10⁻⁹\ngap: at least 0.5"
    assert wrong.sentence == "a + b is 6, off by 3; 1 × 10⁻⁹ is allowed."


def test_the_gate_is_open_and_its_canaries_spoil_a_right_answer(split, sandbox):
    report = gate(split, sandbox=sandbox)

    assert report.ok, [row for row in report.rows if not row.ok]
    (canaries,) = [row for row in report.rows if row.program.startswith("canaries")]
    assert canaries.observed == "8 of 8 fail"


def test_a_property_without_teeth_is_found_by_the_canaries(sandbox):
    reference = (
        SPLIT_REFERENCE.split("    a, b = result")[0] + '    return {"error": 0.0, "gap": 1.0, "sum": 0.0}\n'
    )
    (row,) = [
        row
        for row in gate(make_exercise(SPLIT, reference=reference), sandbox=sandbox).rows
        if row.program.startswith("canaries")
    ]

    assert not row.ok
    assert "zeros" in row.remark
