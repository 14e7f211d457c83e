"""What the page of an exercise reads."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser

from courseapp.exercises import queries
from courseapp.exercises.models import Exercise
from courseapp.submissions.actions import save_draft
from tests.courseapp.factories import make_exercise, make_submission, make_user

pytestmark = pytest.mark.django_db
Queries = Callable[..., object]


def test_a_reader_without_an_account_gets_the_exercise_alone() -> None:
    make_exercise()
    page = queries.exercise_page(AnonymousUser(), "double")
    assert page.row.title == "Doubling"
    assert (page.draft, page.submissions, page.latest) == (None, [], None)


def test_a_student_gets_their_own_draft_and_submissions() -> None:
    ada, ben, exercise = make_user(), make_user(), make_exercise()
    for student in (ada, ben):
        save_draft(student=student, exercise=exercise, source=f"# {student}")
        make_submission(student=student, exercise=exercise, number=1)
    run = make_submission(student=ada, exercise=exercise, kind="run")
    page = queries.exercise_page(ada, "double")
    assert page.draft.source == f"# {ada}"
    assert [one.student for one in page.submissions] == [ada]
    assert page.latest == run


def test_the_next_exercise_is_the_next_published_one() -> None:
    make_exercise()
    make_exercise(number=902, slug="hidden", publish=False)
    later = make_exercise(number=903, slug="later")
    assert queries.exercise_page(AnonymousUser(), "double").next_exercise == later


def test_an_unpublished_exercise_has_no_page() -> None:
    make_exercise(publish=False)
    with pytest.raises(Exercise.DoesNotExist):
        queries.exercise_page(AnonymousUser(), "double")


def test_the_page_takes_as_many_queries_for_many_submissions_as_for_one(
    django_assert_num_queries: Queries,
) -> None:
    student, exercise = make_user(), make_exercise()
    for number in range(1, 6):
        make_submission(student=student, exercise=exercise, number=number, status="done")
    with django_assert_num_queries(6):
        queries.exercise_page(student, "double")
