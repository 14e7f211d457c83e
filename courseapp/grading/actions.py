"""From queued to graded. Each step is one conditional update, so two workers never both make it."""

import uuid
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from courseapp.claims import Claimable
from courseapp.errors import LostClaim
from courseapp.exercises.models import Exercise, ExerciseVersion, GateRun
from courseapp.grading.enqueueing import announce, enqueue, nudges_waiting, queue_of
from courseapp.grading.models import CheckResult, Verdict
from courseapp.submissions.models import Bundle, Submission

log = structlog.get_logger(__name__)

Status = Submission.Status
GAVE_UP = "A worker died {attempts} times while it graded this."
RETRY_SECONDS = 5  # before the second attempt; four times as long before each later one
Row = TypeVar("Row", bound=Claimable)


def claim(*, submission_id: uuid.UUID | str) -> Submission | None:
    """Take a queued submission for grading, or None when somebody else has it or it is done."""
    if not Submission.take(submission_id):
        return None
    announce(submission_id)
    return Submission.objects.select_related("version", "exercise", "student").get(pk=submission_id)


def record_check(*, submission: Submission, position: int, data: dict[str, Any] | None) -> None:
    """Store how one check ended, or, with None, that it has begun. Raises LostClaim."""
    if submission.claim is None or not submission.renew():
        raise LostClaim(str(submission.pk))
    CheckResult.objects.update_or_create(
        submission=submission, claim=submission.claim, position=position, defaults={"data": data or {}}
    )
    announce(submission.pk)


@transaction.atomic
def finish(*, submission: Submission, verdict: Verdict) -> None:
    """Store the verdict, if this worker still holds the claim. Raises LostClaim otherwise."""
    _let_go(submission, status=Status.DONE, remark="")
    verdict.submission = submission
    verdict.save(force_insert=True)
    if submission.version_id is not None:
        ExerciseVersion.objects.filter(pk=submission.version_id, graded=False).update(graded=True)
    log.info("graded", submission=str(submission.pk), passed=verdict.passed, points=verdict.points)


@transaction.atomic
def fail(*, submission: Submission, remark: str) -> None:
    """Our machinery failed: try again, or give up after the last attempt. It costs the student nothing."""
    last = submission.last_attempt
    _let_go(submission, status=Status.ERROR if last else Status.QUEUED, remark=remark)
    log.error("grading_failed", submission=str(submission.pk), attempts=submission.attempts, remark=remark)
    if not last:
        delay = RETRY_SECONDS * 4 ** (submission.attempts - 1)
        transaction.on_commit(partial(enqueue, submission, delay=delay))


@transaction.atomic
def hold(*, submission: Submission, remark: str) -> None:
    """The author's code failed: flag the exercise and let the submission wait for its mending."""
    _let_go(submission, status=Status.HELD, remark=remark)
    if submission.exercise_id is not None:
        Exercise.objects.filter(pk=submission.exercise_id).update(flagged=remark)
    log.error("exercise_broken", submission=str(submission.pk), remark=remark)


def finish_bundle(*, bundle: Bundle, archive: bytes) -> None:
    """Store what the student takes home. Raises LostClaim."""
    bundle.let_go(status=Bundle.Status.READY, archive=archive, remark="")


def refuse_bundle(*, bundle: Bundle, remark: str) -> None:
    """The author's code failed, so there is none. Raises LostClaim."""
    bundle.let_go(status=Bundle.Status.ERROR, remark=remark)


@transaction.atomic
def fail_bundle(*, bundle: Bundle, remark: str) -> None:
    """Our machinery failed: try again, or give up after the last attempt. Raises LostClaim."""
    last = bundle.last_attempt
    bundle.let_go(status=Bundle.Status.ERROR if last else Bundle.Status.QUEUED, remark=remark)
    if not last:
        transaction.on_commit(partial(enqueue, bundle, delay=RETRY_SECONDS))


def release_held(*, exercise: Exercise, version: ExerciseVersion) -> int:
    """Queue the submissions that waited for this exercise to be mended, with the mended version."""
    waiting = list(Submission.objects.filter(exercise=exercise, status=Status.HELD))
    return sum(_queue_again(submission, version=version) for submission in waiting)


def retry(*, submission: Submission) -> bool:
    """Queue a submission that was given up or is held once more; for operators."""
    return _queue_again(submission)


def requeue_lost() -> int:
    """Bring back what was lost: workers that died with a lease, and nudges that never arrived."""
    kinds: tuple[type[Claimable], ...] = (Submission, GateRun, Bundle)
    lost = [row for kind in kinds for row in kind.expired()]
    missed = [row for kind in kinds for row in _unheard(kind)]
    for row in missed:
        enqueue(row)
    return sum(_bring_back(row) for row in lost) + len(missed)


def purge_runs() -> int:
    """Delete runs, fragments and races older than their day, and bundles, which can be made again."""
    old = timezone.now() - timedelta(hours=settings.RUNS_KEPT_HOURS)
    kinds = [Submission.Kind.RUN, Submission.Kind.FRAGMENT, Submission.Kind.RACE]
    doomed = Submission.objects.filter(kind__in=kinds, created__lt=old)
    count = doomed.count()
    doomed.delete()
    Bundle.objects.filter(created__lt=old).delete()
    return count


def _let_go(submission: Submission, **changes: Any) -> None:
    submission.let_go(**changes)
    CheckResult.objects.filter(submission=submission).delete()
    transaction.on_commit(partial(announce, submission.pk))


def _queue_again(submission: Submission, **changes: Any) -> bool:
    ended = Submission.objects.filter(pk=submission.pk, status__in=[Status.ERROR, Status.HELD])
    if not ended.update(status=Status.QUEUED, attempts=0, remark="", finished=None, **changes):
        return False
    enqueue(submission)
    announce(submission.pk)
    return True


def _bring_back(row: Claimable) -> bool:
    """End a dead worker's claim. Its token is spent, so a worker that is merely slow cannot finish."""
    last = row.last_attempt
    try:
        _end_of_claim(row, gave_up=last)
    except LostClaim:  # finished, or brought back by somebody else, since the list was made
        return False
    log.warning("lease_expired", row=str(row.pk), attempts=row.attempts, gave_up=last)
    if not last:
        enqueue(row)
    return True


@transaction.atomic
def _end_of_claim(row: Claimable, *, gave_up: bool) -> None:
    changes = {
        "status": Status.ERROR if gave_up else Status.QUEUED,
        "remark": GAVE_UP.format(attempts=row.attempts) if gave_up else "",
    }
    if isinstance(row, Submission):
        _let_go(row, expired=True, **changes)
    else:
        row.let_go(expired=True, **changes)


def _unheard(kind: type[Row]) -> Iterable[Row]:
    """While a queue still holds nudges its workers are behind, and nothing is known to be lost."""
    rows = list(kind.unheard())
    drained = {queue for queue in {queue_of(row) for row in rows} if not nudges_waiting(queue)}
    return [row for row in rows if queue_of(row) in drained]
