"""The course map and the lessons, for a reader with and without an account."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser

from courseapp.exercises.models import _parsed
from courseapp.grading import actions as grading
from courseapp.grading.models import Verdict
from courseapp.lessons import queries
from courseapp.lessons.models import Lesson, Unit
from courseapp.submissions.models import Submission
from tests.courseapp.factories import PASSED, make_claimed, make_exercise, make_submission, make_user

pytestmark = pytest.mark.django_db
Queries = Callable[..., object]


def grade(submission: Submission, *, points: int) -> None:
    verdict = Verdict(data=PASSED, passed=points == 3, points=points, max_points=3)
    grading.finish(submission=submission, verdict=verdict)


def test_the_map_shows_how_far_a_student_has_come() -> None:
    student = make_user()
    exercises = [make_exercise(number=900 + i, slug=f"double{i}") for i in range(4)]
    for points, exercise in zip([3, 2, 0], exercises, strict=False):
        grade(make_claimed(student=student, exercise=exercise, number=1), points=points)
    grade(make_claimed(exercise=exercises[3]), points=3)  # somebody else's
    course = queries.course_map(student)
    assert [row.tick for row in course.exercises] == ["done", "near", "begun", ""]
    assert (course.points, course.max_points, course.passed, course.begun) == (5, 12, 1, 2)


def test_the_best_submission_counts() -> None:
    student, exercise = make_user(), make_exercise()
    for number, points in enumerate([1, 3, 0], start=1):
        grade(make_claimed(student=student, exercise=exercise, number=number), points=points)
    [row] = queries.course_map(student).exercises
    assert (row.points, row.tick, row.standing.submissions) == (3, "done", 3)


def test_runs_and_what_we_failed_to_grade_do_not_spoil_a_standing() -> None:
    student, exercise = make_user(), make_exercise()
    make_submission(student=student, exercise=exercise, kind="run")
    [row] = queries.course_map(student).exercises
    assert row.tick == ""


def test_unpublished_exercises_are_not_on_the_map() -> None:
    make_exercise(publish=False)
    assert queries.course_map(AnonymousUser()).exercises == ()


def test_the_map_takes_as_many_queries_for_many_exercises_as_for_one(
    django_assert_num_queries: Queries,
) -> None:
    student = make_user()
    for i in range(6):
        make_exercise(number=900 + i, slug=f"double{i}")
        make_submission(student=student, exercise=None)
    queries.course_map(student)
    with django_assert_num_queries(6):
        course = queries.course_map(student)
        assert course.max_points == 18
    _parsed.clear()  # as in a process that has just started
    with django_assert_num_queries(7):
        queries.course_map(student)


def test_a_unit_s_neighbours_are_those_that_have_a_lesson() -> None:
    units = [Unit.objects.create(number=n, slug=f"u{n}", title=f"Unit {n}") for n in (1, 2, 3, 4)]
    for unit in (units[0], units[2]):
        Lesson.objects.create(unit=unit, source="...")
    page = queries.unit_page(AnonymousUser(), 2)
    assert (page.lesson, page.previous, page.next) == (None, units[0], units[2])


def test_an_unknown_unit_does_not_exist() -> None:
    with pytest.raises(Unit.DoesNotExist):
        queries.unit_page(AnonymousUser(), 99)
