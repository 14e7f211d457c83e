"""From queued to graded: one claim, one verdict, and nothing lost."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from courseapp.errors import LostClaim
from courseapp.grading import actions
from courseapp.grading.models import CheckResult, Verdict
from courseapp.submissions.models import Submission
from tests.courseapp.conftest import Nudges
from tests.courseapp.factories import PASSED, expire, make_claimed, make_exercise, make_submission

pytestmark = pytest.mark.django_db
Status = Submission.Status


def verdict() -> Verdict:
    return Verdict(data=PASSED, passed=True, points=3, max_points=3, seed="7")


def status(submission: Submission) -> str:
    return Submission.objects.get(pk=submission.pk).status


def test_a_claim_takes_a_queued_submission_with_a_token_and_a_lease() -> None:
    submission = make_claimed()
    assert submission.status == Status.RUNNING
    assert submission.claim is not None
    assert submission.attempts == 1
    assert submission.lease_until > timezone.now()


def test_a_second_claim_gets_nothing() -> None:
    submission = make_claimed()
    assert actions.claim(submission_id=submission.pk) is None


def test_a_claim_of_what_does_not_exist_gets_nothing() -> None:
    assert actions.claim(submission_id=uuid.uuid4()) is None


def test_a_finished_submission_cannot_be_claimed() -> None:
    submission = make_claimed()
    actions.finish(submission=submission, verdict=verdict())
    assert actions.claim(submission_id=submission.pk) is None


def test_finishing_stores_the_verdict_and_marks_the_version_as_graded() -> None:
    submission = make_claimed()
    actions.record_check(submission=submission, position=0, data={"name": "Twice", "outcome": "passed"})
    actions.finish(submission=submission, verdict=verdict())
    submission.refresh_from_db()
    assert submission.status == Status.DONE
    assert submission.finished is not None
    assert submission.claim is None
    assert submission.verdict.points == 3
    assert submission.version.graded
    assert not CheckResult.objects.exists()


def test_a_stale_token_cannot_finish() -> None:
    slow = make_claimed()
    expire(slow)
    actions.requeue_lost()
    quick = actions.claim(submission_id=slow.pk)
    with pytest.raises(LostClaim):
        actions.finish(submission=slow, verdict=verdict())
    assert not Verdict.objects.exists()
    actions.finish(submission=quick, verdict=verdict())
    assert Verdict.objects.count() == 1


def test_finishing_twice_yields_one_verdict() -> None:
    submission = make_claimed()
    actions.finish(submission=submission, verdict=verdict())
    with pytest.raises(LostClaim):
        actions.finish(submission=submission, verdict=verdict())
    assert Verdict.objects.count() == 1


@pytest.mark.parametrize("step", ["record", "renew", "fail", "hold"])
def test_a_stale_token_can_do_nothing_at_all(step: str) -> None:
    slow = make_claimed()
    expire(slow)
    actions.requeue_lost()
    quick = actions.claim(submission_id=slow.pk)
    if step == "renew":
        assert not slow.renew()
    else:
        with pytest.raises(LostClaim):
            {
                "record": lambda: actions.record_check(submission=slow, position=0, data=None),
                "fail": lambda: actions.fail(submission=slow, remark="no"),
                "hold": lambda: actions.hold(submission=slow, remark="no"),
            }[step]()
    quick.refresh_from_db()
    assert quick.status == Status.RUNNING
    assert not CheckResult.objects.exists()


def test_checks_are_stored_as_they_end() -> None:
    submission = make_claimed()
    actions.record_check(submission=submission, position=0, data=None)
    actions.record_check(submission=submission, position=0, data={"name": "Twice"})
    row = CheckResult.objects.get()
    assert (row.position, row.claim, row.data) == (0, submission.claim, {"name": "Twice"})


def test_recording_a_check_renews_the_lease() -> None:
    submission = make_claimed()
    soon = timezone.now() + timedelta(seconds=1)
    Submission.objects.filter(pk=submission.pk).update(lease_until=soon)
    actions.record_check(submission=submission, position=0, data=None)
    submission.refresh_from_db()
    assert submission.lease_until > soon


def test_an_expired_lease_is_queued_again(nudges: Nudges, django_capture_on_commit_callbacks) -> None:
    submission = make_claimed()
    expire(submission)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.requeue_lost() == 1
    submission.refresh_from_db()
    assert (submission.status, submission.claim, submission.attempts) == (Status.QUEUED, None, 1)
    assert nudges.count() == 1


def test_a_lease_that_still_runs_is_left_alone() -> None:
    submission = make_claimed()
    assert actions.requeue_lost() == 0
    assert status(submission) == Status.RUNNING


def test_a_nudge_that_was_lost_is_sent_again(nudges: Nudges, settings) -> None:
    submission = make_submission()
    late = timezone.now() - timedelta(seconds=settings.GRADING_LOST_AFTER_SECONDS + 1)
    Submission.objects.filter(pk=submission.pk).update(created=late)
    assert actions.requeue_lost() == 1
    assert nudges.count() == 1
    assert actions.requeue_lost() == 0  # just sent; it is given time


def test_a_submission_that_kills_every_worker_is_given_up_and_says_so(settings) -> None:
    submission = make_submission()
    for _ in range(settings.GRADING_MAX_ATTEMPTS):
        taken = actions.claim(submission_id=submission.pk)
        assert taken is not None
        expire(taken)
        actions.requeue_lost()
    submission.refresh_from_db()
    assert submission.status == Status.ERROR
    assert submission.remark
    assert actions.claim(submission_id=submission.pk) is None


def test_our_failure_is_tried_again_and_then_given_up(settings) -> None:
    submission = make_submission()
    for attempt in range(1, settings.GRADING_MAX_ATTEMPTS + 1):
        actions.fail(submission=actions.claim(submission_id=submission.pk), remark="the template died")
        last = attempt == settings.GRADING_MAX_ATTEMPTS
        assert status(submission) == (Status.ERROR if last else Status.QUEUED)
    assert not Verdict.objects.exists()


def test_given_up_submissions_can_be_retried() -> None:
    submission = make_submission(status=Status.ERROR, attempts=3)
    assert actions.retry(submission=submission)
    submission.refresh_from_db()
    assert (submission.status, submission.attempts) == (Status.QUEUED, 0)
    assert not actions.retry(submission=submission)


def test_an_author_s_error_holds_the_submission_and_flags_the_exercise() -> None:
    exercise = make_exercise()
    submission = make_claimed(exercise=exercise)
    actions.hold(submission=submission, remark="reference.py: line 3: NameError")
    exercise.refresh_from_db()
    assert status(submission) == Status.HELD
    assert exercise.flagged == "reference.py: line 3: NameError"


def test_runs_and_fragments_are_kept_for_a_day_and_submissions_for_good(settings) -> None:
    old = timezone.now() - timedelta(hours=settings.RUNS_KEPT_HOURS + 1)
    kept = [make_submission(), make_submission(kind="run")]
    doomed = [make_submission(kind="run"), make_submission(kind="fragment")]
    Submission.objects.filter(pk__in=[kept[0].pk, *(one.pk for one in doomed)]).update(created=old)
    actions.purge_runs()
    assert set(Submission.objects.values_list("pk", flat=True)) == {one.pk for one in kept}
