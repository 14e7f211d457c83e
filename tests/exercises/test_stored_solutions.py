"""Every stored solution of the course gets its declared outcome, and every wrong one its own name."""

from pathlib import Path

import pytest

from grader import gate, grade, load_exercise
from grader.course import exercise_folders
from grader.exercise import Declared
from grader.gate import DIAGNOSE_S, MEASURED, rows_of_checks
from grader.sandbox import device
from grader.tried_here import tried_here

COURSE = [load_exercise(folder) for folder in exercise_folders(Path(__file__).parents[2] / "exercises")]
NO_DEVICE = device.find() if isinstance(device.find(), str) else ""
PARTS = [tried_here(one, no_device=NO_DEVICE) for one in COURSE]
EXERCISES = [part for part, _ in PARTS]
UNTRIED = [(one, why) for one, (_, why) in zip(COURSE, PARTS, strict=True) if why]
STORED = [(exercise, one) for exercise in EXERCISES for one in (*exercise.solutions, *exercise.variants)]
VARIANTS = [(exercise, one) for exercise in EXERCISES for one in exercise.accepted_variants]
WRONG = [pair for pair in STORED if pair[1].outcome is Declared.WRONG]
RIGHT = [(exercise, one.file) for exercise, one in STORED if one.outcome is Declared.ACCEPTED]
RIGHT += [(one, f"baseline{one.suffix}") for one in EXERCISES if one.baseline is not None]


def name_of(value) -> str:
    """`gelu_silu` or `solutions/where.py`, as the test's id."""
    return str(getattr(value, "slug", getattr(value, "file", value)))


@pytest.mark.parametrize(("exercise", "file"), RIGHT, ids=name_of)
def test_a_right_solution_passes(sandbox, exercise, file):
    verdict = grade(exercise, exercise.files[file], sandbox=sandbox)

    assert [check.sentence for check in verdict.checks if not check.passed] == []
    assert verdict.points == exercise.max_points


@pytest.mark.parametrize(("exercise", "solution"), WRONG, ids=name_of)
def test_a_wrong_solution_fails_where_it_is_declared_to_and_is_named(sandbox, exercise, solution):
    source = exercise.files[solution.file]
    verdict = grade(
        exercise, source, sandbox=sandbox, to_first_failure=True, shrink_s=0, diagnose_s=DIAGNOSE_S
    )
    failed = [check for check in verdict.checks if not check.passed]

    assert failed[0].name == solution.fails, failed[0].sentence
    if failed[0].outcome not in MEASURED:
        diagnosis = failed[0].evidence.diagnosis
        assert solution.name in [diagnosis["name"], *diagnosis["also"]]


@pytest.mark.parametrize(("exercise", "variant"), VARIANTS, ids=name_of)
def test_an_accepted_variant_is_named(sandbox, exercise, variant):
    verdict = grade(exercise, exercise.files[variant.file], sandbox=sandbox)

    assert variant.name in {one.evidence.variant["name"] for one in verdict.checks if one.evidence.variant}


@pytest.mark.parametrize("exercise", EXERCISES, ids=name_of)
def test_a_starter_fails_and_says_how_to_go_on(sandbox, exercise):
    verdict = grade(exercise, exercise.starter, sandbox=sandbox, to_first_failure=True, shrink_s=0)

    assert not verdict.passed
    assert verdict.checks[0].sentence


@pytest.mark.parametrize("exercise", EXERCISES, ids=name_of)
def test_its_examples_canaries_and_reference_are_as_the_gate_wants_them(sandbox, exercise):
    assert [row for row in rows_of_checks(exercise, sandbox) if not row.ok] == []


@pytest.mark.parametrize(("exercise", "why"), UNTRIED, ids=name_of)
def test_of_an_exercise_for_a_gpu_the_gate_says_what_was_not_tried(sandbox, exercise, why):
    report = gate(exercise, sandbox=sandbox)

    assert report.untried == why
    assert report.as_declared
    assert not report.ok
