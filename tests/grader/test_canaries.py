"""Answers that no check may take for right are tried before each check."""

import pytest

from grader.canaries import CANARIES, INPUT, try_canaries
from grader.checks import Subject
from grader.program import Meter
from grader.question import Question
from grader.reference import Reference
from tests.grader.factories import APPLY, DESCENT, DOUBLE, ENGINE, FIT, SQUARE, make_exercise

LOOSE = 'points = 2\ntolerance = { reason = "none", rtol = 0.0, atol = 100.0 }'


@pytest.fixture
def tried(sandbox):
    """What became of each canary at the first check of an exercise."""

    def try_all(exercise):
        with Reference(exercise, sandbox) as reference:
            check = exercise.checks[0]
            subject = Subject(
                exercise=exercise,
                check=check,
                question=Question.of_check(exercise, check),
                reference=reference,
                sandbox=sandbox,
                seed=3,
                meter=Meter(),
            )
            return {result.name: result for result in try_canaries(subject)}

    return try_all


@pytest.mark.parametrize("parts", [DOUBLE, APPLY, DESCENT], ids=lambda parts: parts[0])
def test_every_canary_that_applies_is_caught(tried, parts):
    results = tried(make_exercise(parts))

    assert set(results) == {*CANARIES, INPUT}
    assert all(result.caught for result in results.values() if result.applies)
    assert results["zeros"].applies
    assert results["half precision"].applies


@pytest.mark.parametrize("dtype", ["f4", "f8"])
def test_every_canary_is_caught_in_either_precision(tried, dtype):
    results = tried(make_exercise(SQUARE, replace=('group = "any"', f'group = "{dtype}"')))

    assert all(result.caught for result in results.values() if result.applies)


def test_the_canaries_of_a_program_are_values_and_gradients(tried):
    results = tried(make_exercise(ENGINE))

    assert all(result.caught for result in results.values() if result.applies)
    assert results["the sign turned"].applies


def test_predictions_are_spoiled_where_training_is_judged(tried):
    files = {"solutions__right": "", "solutions__mean": ""}
    strict = tried(make_exercise(FIT, **files))
    loose = tried(make_exercise(FIT, replace=("loss = 0.01", "loss = 1e9"), **files))

    assert all(result.caught for result in strict.values() if result.applies)
    assert not strict["half precision"].applies  # predictions near the targets are right
    assert not loose["the mean everywhere"].caught
    assert loose["NaN"].caught


def test_a_loose_tolerance_lets_canaries_through(tried):
    results = tried(make_exercise(replace=("points = 2", LOOSE)))

    assert results["zeros"].applies
    assert not results["zeros"].caught
    assert results["NaN"].caught
    assert results["an axis more"].caught


def test_a_canary_that_is_a_right_answer_does_not_apply(tried):
    zero = (
        "def cases(rng, group):\n    return [{'x': rng.normal(size=3)}]\ndef expected(x):\n    return 0 * x\n"
    )

    results = tried(make_exercise(reference=zero))

    assert not results["zeros"].applies
    assert results["ones"].caught


def test_a_canary_needs_to_be_caught_on_one_input_only(tried):
    """On the other the answer is so small that the author's tolerance covers it."""
    sizes = "def cases(rng, group):\n    return [{'x': rng.normal(size=3) * s} for s in (1e-9, 1.0)]\n"
    loose = 'points = 2\ntolerance = { reason = "none", rtol = 0.0, atol = 1e-6 }'

    results = tried(
        make_exercise(reference=sizes + "def expected(x):\n    return 2 * x\n", replace=("points = 2", loose))
    )

    assert results["zeros"].caught
