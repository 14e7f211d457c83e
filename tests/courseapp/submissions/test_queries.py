"""What a reader may see of a submission, and in how many queries."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from courseapp.grading import actions as grading
from courseapp.grading.models import Verdict
from courseapp.submissions import queries
from courseapp.submissions.models import Submission
from tests.courseapp.factories import PASSED, make_claimed, make_exercise, make_submission, make_user

pytestmark = pytest.mark.django_db
Queries = Callable[..., object]


def finish(submission: Submission) -> None:
    verdict = Verdict(data=PASSED, passed=True, points=3, max_points=3)
    grading.finish(submission=submission, verdict=verdict)


def test_a_student_reads_their_own_submission_and_nobody_else_s() -> None:
    ada, ben = make_user(), make_user()
    submission = make_submission(student=ada)
    assert queries.own(ada, submission.pk) == submission
    with pytest.raises(Submission.DoesNotExist):
        queries.own(ben, submission.pk)


def test_staff_read_everybody_s() -> None:
    submission = make_submission()
    assert queries.own(make_user(is_staff=True), submission.pk) == submission


def test_progress_counts_who_is_ahead_in_the_same_queue() -> None:
    exercise = make_exercise()
    rows = [make_submission(exercise=exercise) for _ in range(3)]
    make_submission(exercise=exercise, queue="gpu")
    now = timezone.now()
    for position, row in enumerate(rows):
        Submission.objects.filter(pk=row.pk).update(created=now + timedelta(seconds=position))
    grading.claim(submission_id=rows[0].pk)
    assert [queries.progress(row.pk).ahead for row in rows] == [0, 0, 1]


def test_progress_has_the_checks_of_the_present_claim_only() -> None:
    submission = make_claimed()
    grading.record_check(submission=submission, position=0, data={"name": "Twice"})
    grading.record_check(submission=submission, position=1, data=None)
    progress = queries.progress(submission.pk)
    assert (progress.checks, progress.measuring) == ([{"name": "Twice"}], 1)
    grading.fail(submission=submission, remark="ours")
    grading.claim(submission_id=submission.pk)
    assert queries.progress(submission.pk).checks == []


def test_progress_ends_with_the_verdict() -> None:
    submission = make_claimed()
    finish(submission)
    progress = queries.progress(submission.pk)
    assert progress.verdict == PASSED
    assert progress.submission.final


def test_progress_takes_three_queries_at_most(django_assert_max_num_queries: Queries) -> None:
    submission = make_claimed()
    with django_assert_max_num_queries(3):
        queries.progress(submission.pk)


def test_the_history_is_the_student_s_own_newest_first(django_assert_num_queries: Queries) -> None:
    student, exercise = make_user(), make_exercise()
    for number in (1, 2, 3):
        finish(make_claimed(student=student, exercise=exercise, number=number))
    make_submission(exercise=exercise, number=1)
    make_submission(student=student, exercise=exercise, kind="run")
    with django_assert_num_queries(1):
        history = queries.history(student, exercise.pk)
        assert [(one.number, one.verdict.points) for one in history] == [(3, 3), (2, 3), (1, 3)]


def test_the_one_before_is_of_the_same_student_and_exercise() -> None:
    student, exercise = make_user(), make_exercise()
    first = make_submission(student=student, exercise=exercise, number=1)
    make_submission(exercise=exercise, number=2)
    third = make_submission(student=student, exercise=exercise, number=3)
    assert queries.previous(third) == first
    assert queries.previous(first) is None
