"""The course is a path: each exercise builds on earlier ones, and units begin gently."""

from pathlib import Path

import pytest

from grader import load_course
from grader.exercise import Difficulty

COURSE = load_course(Path(__file__).parents[2] / "exercises")
BY_SLUG = {exercise.slug: exercise for exercise in COURSE.exercises}
FREE = {"central_difference", "topological_sort"}  # these ask for nothing but Python and school


def before(slug: str) -> set[str]:
    """Everything that an exercise builds on, directly or not."""
    direct = BY_SLUG[slug].prerequisites
    return set(direct).union(*(before(one) for one in direct))


def test_all_but_the_first_steps_build_on_something():
    assert {exercise.slug for exercise in COURSE.exercises if not exercise.prerequisites} == FREE


@pytest.mark.parametrize("unit", COURSE.units, ids=lambda unit: unit.slug)
def test_no_unit_begins_with_a_hard_exercise(unit):
    assert unit.exercises[0].difficulty is not Difficulty.HARD


@pytest.mark.parametrize("exercise", COURSE.exercises, ids=lambda exercise: exercise.slug)
def test_time_and_difficulty_agree(exercise):
    if exercise.difficulty is Difficulty.EASY:
        assert exercise.minutes <= 35
    if exercise.difficulty is Difficulty.HARD:
        assert exercise.minutes >= 40
        assert len(before(exercise.slug)) >= 3


def test_points_follow_the_time_that_exercises_take():
    for exercise in COURSE.exercises:
        assert 0.05 <= exercise.max_points / exercise.minutes <= 0.5, exercise.slug


def test_a_gradient_is_derived_before_an_engine_finds_it():
    assert {"unbroadcast", "vjp_matmul", "vjp_reduce", "topological_sort"} <= before("tensor_engine")
