"""From queued to graded. Each step is one conditional update, so two workers never both make it."""

import uuid
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from courseapp.errors import LostClaim
from courseapp.exercises.models import Exercise, ExerciseVersion
from courseapp.grading.enqueueing import announce, enqueue, nudges_waiting
from courseapp.grading.models import CheckResult, Verdict
from courseapp.submissions.models import Submission

log = structlog.get_logger(__name__)

Status = Submission.Status
GAVE_UP = "The machines that grade failed {attempts} times on this submission."


def claim(*, submission_id: uuid.UUID | str) -> Submission | None:
    """Take a queued submission for grading, or None when somebody else has it or it is done."""
    now, token = timezone.now(), uuid.uuid4()
    taken = Submission.objects.filter(pk=submission_id, status=Status.QUEUED).update(
        status=Status.RUNNING, claim=token, lease_until=_lease_end(), attempts=F("attempts") + 1, started=now
    )
    if not taken:
        return None
    announce(submission_id)
    return Submission.objects.select_related("version", "exercise", "student").get(pk=submission_id)


def renew_lease(*, submission: Submission) -> bool:
    """Push the end of the lease out. False: the claim is lost, and the work with it."""
    return bool(_held(submission).update(lease_until=_lease_end()))


def record_check(*, submission: Submission, position: int, data: dict[str, Any] | None) -> None:
    """Store how one check ended, or, with None, that it has begun. Raises LostClaim."""
    if not renew_lease(submission=submission):
        raise LostClaim(str(submission.pk))
    CheckResult.objects.update_or_create(
        submission=submission, claim=submission.claim, position=position, defaults={"data": data or {}}
    )
    announce(submission.pk)


@transaction.atomic
def finish(*, submission: Submission, verdict: Verdict) -> None:
    """Store the verdict, if this worker still holds the claim. Raises LostClaim otherwise."""
    done = _held(submission).update(
        status=Status.DONE, finished=timezone.now(), claim=None, lease_until=None, remark=""
    )
    if not done:
        raise LostClaim(str(submission.pk))
    verdict.submission = submission
    verdict.save(force_insert=True)
    CheckResult.objects.filter(submission=submission).delete()
    if submission.version_id:
        ExerciseVersion.objects.filter(pk=submission.version_id, graded=False).update(graded=True)
    transaction.on_commit(lambda: announce(submission.pk))


@transaction.atomic
def fail(*, submission: Submission, remark: str) -> None:
    """Our machinery failed: put the submission back, or give up after the last attempt. Costs the student nothing."""
    last = submission.attempts >= settings.GRADING_MAX_ATTEMPTS
    status = Status.ERROR if last else Status.QUEUED
    if not _held(submission).update(
        status=status, claim=None, lease_until=None, remark=remark, finished=timezone.now() if last else None
    ):
        raise LostClaim(str(submission.pk))
    CheckResult.objects.filter(submission=submission).delete()
    log.error("grading_failed", submission=str(submission.pk), attempts=submission.attempts, remark=remark)
    transaction.on_commit(lambda: announce(submission.pk) if last else enqueue(submission))


@transaction.atomic
def hold(*, submission: Submission, remark: str) -> None:
    """The author's code failed: flag the exercise and let the submission wait for its mending."""
    if not _held(submission).update(status=Status.HELD, claim=None, lease_until=None, remark=remark):
        raise LostClaim(str(submission.pk))
    CheckResult.objects.filter(submission=submission).delete()
    if submission.exercise_id:
        Exercise.objects.filter(pk=submission.exercise_id).update(flagged=remark)
    log.error("exercise_broken", submission=str(submission.pk), remark=remark)
    transaction.on_commit(lambda: announce(submission.pk))


def release_held(*, exercise: Exercise, version: ExerciseVersion) -> int:
    """Queue the submissions that waited for this exercise to be mended, with the mended version."""
    waiting = list(Submission.objects.filter(exercise=exercise, status=Status.HELD))
    for submission in waiting:
        freed = Submission.objects.filter(pk=submission.pk, status=Status.HELD)
        if freed.update(status=Status.QUEUED, version=version, attempts=0, remark=""):
            enqueue(submission)
            announce(submission.pk)
    return len(waiting)


def requeue_lost() -> int:
    """Bring back what was lost: workers that died with a lease, and nudges that never arrived."""
    return sum(_bring_back(submission) for submission in _expired()) + sum(
        _nudge(one) for one in _forgotten()
    )


def retry(*, submission: Submission) -> bool:
    """Queue a submission that was given up once more; for operators."""
    again = Submission.objects.filter(pk=submission.pk, status__in=[Status.ERROR, Status.HELD])
    if not again.update(status=Status.QUEUED, attempts=0, remark="", finished=None):
        return False
    enqueue(submission)
    announce(submission.pk)
    return True


def purge_runs() -> int:
    """Delete runs and fragments that are older than their day."""
    old = timezone.now() - timedelta(hours=settings.RUNS_KEPT_HOURS)
    kinds = [Submission.Kind.RUN, Submission.Kind.FRAGMENT]
    count, _ = Submission.objects.filter(kind__in=kinds, created__lt=old).delete()
    return count


def _expired() -> list[Submission]:
    return list(Submission.objects.filter(status=Status.RUNNING, lease_until__lt=timezone.now()))


def _bring_back(submission: Submission) -> bool:
    """End a dead worker's claim. The token in the filter keeps a worker that is merely slow from losing twice."""
    last = submission.attempts >= settings.GRADING_MAX_ATTEMPTS
    ended = (
        _held(submission)
        .filter(lease_until__lt=timezone.now())
        .update(
            status=Status.ERROR if last else Status.QUEUED,
            claim=None,
            lease_until=None,
            remark=GAVE_UP.format(attempts=submission.attempts) if last else "",
            finished=timezone.now() if last else None,
        )
    )
    if not ended:
        return False
    CheckResult.objects.filter(submission=submission).delete()
    log.warning("lease_expired", submission=str(submission.pk), attempts=submission.attempts, given_up=last)
    if not last:
        enqueue(submission)
    announce(submission.pk)
    return True


def _forgotten() -> list[Submission]:
    late = timezone.now() - timedelta(seconds=settings.GRADING_LOST_AFTER_SECONDS)
    missed = Q(enqueued__isnull=True, created__lt=late) | Q(enqueued__lt=late)
    waiting = Submission.objects.filter(missed, status=Status.QUEUED)
    # While a queue still holds nudges its workers are behind, and nothing is known to be lost.
    drained = [
        queue
        for queue in waiting.order_by().values_list("queue", flat=True).distinct()
        if not nudges_waiting(queue)
    ]
    return list(waiting.filter(queue__in=drained))


def _nudge(submission: Submission) -> bool:
    enqueue(submission)
    return True


def _held(submission: Submission) -> Any:
    return Submission.objects.filter(pk=submission.pk, status=Status.RUNNING, claim=submission.claim)


def _lease_end() -> Any:
    return timezone.now() + timedelta(seconds=settings.GRADING_LEASE_SECONDS)
