"""What pages read about submissions. Everything here is limited to what the reader may see."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import grader
from courseapp.accounts.models import User
from courseapp.submissions.models import Bundle, Submission

# where each class that races is written
EXERCISES = {"SGD": "sgd", "RMSprop": "adam", "Adam": "adam", "AdamW": "adamw", "Lion": "lion_muon"}


@dataclass(frozen=True)
class Progress:
    """Where a submission is. `checks` are those that have ended, while it is being graded."""

    submission: Submission
    ahead: int  # submissions before it in its queue, while it waits
    checks: list[dict[str, Any]]
    measuring: int | None  # position of the check that is running
    verdict: dict[str, Any] | None


def own(reader: User, submission_id: UUID) -> Submission:
    """A reader's own submission, or anybody's for staff. Raises Submission.DoesNotExist."""
    visible = Submission.objects.select_related("exercise__unit", "version", "verdict", "student")
    if not reader.is_staff:
        visible = visible.filter(student=reader)
    return visible.get(pk=submission_id)


def progress(submission_id: UUID) -> Progress:
    """The present state of a submission, read afresh."""
    submission = Submission.objects.select_related("exercise__unit", "version", "verdict").get(
        pk=submission_id
    )
    verdict = getattr(submission, "verdict", None)
    rows = list(submission.checks.filter(claim=submission.claim)) if submission.claim else []
    return Progress(
        submission=submission,
        ahead=_ahead(submission),
        checks=[row.data for row in rows if row.data],
        measuring=next((row.position for row in rows if not row.data), None),
        verdict=verdict.data if verdict else None,
    )


def bundle_of(submission: Submission) -> Bundle | None:
    """The bundle that was asked for, without its bytes."""
    return Bundle.objects.filter(submission=submission).defer("archive").first()


def archive_of(submission: Submission) -> bytes | None:
    """The bytes of a bundle that is ready."""
    ready = Bundle.objects.filter(submission=submission, status=Bundle.Status.READY)
    packed = ready.values_list("archive", flat=True).first()
    return None if packed is None else bytes(packed)


def history(student: User, exercise_id: int) -> list[Submission]:
    """A student's graded submissions of one exercise, newest first."""
    mine = Submission.objects.filter(student=student, exercise_id=exercise_id, kind=Submission.Kind.SUBMIT)
    return list(mine.select_related("verdict", "version").defer("version__files").order_by("-number"))


def entrants(student: User) -> dict[str, Submission]:
    """For each optimizer that races, the student's last submission that passed its exercise."""
    mine = Submission.objects.filter(student=student, kind=Submission.Kind.SUBMIT, verdict__passed=True)
    passed = mine.filter(exercise__slug__in=EXERCISES.values())
    rows = passed.select_related("exercise").order_by("number")
    last = {row.exercise.slug: row for row in rows if row.exercise}
    found = {racer: last.get(EXERCISES[one.entry]) for racer, one in grader.RACERS.items()}
    return {racer: row for racer, row in found.items() if row and _asks_for(row, grader.RACERS[racer].entry)}


def entrant(student: User, racer: str) -> Submission | None:
    """The one that races as this optimizer."""
    return entrants(student).get(racer)


def _asks_for(row: Submission, entry: str) -> bool:
    """Whether the version that graded it asks for that class; another course may give the name to another."""
    return row.version is not None and entry in {one.name for one in row.version.parsed.entries}


def previous(submission: Submission) -> Submission | None:
    """The student's submission before this one, of the same exercise."""
    if submission.number is None:
        return None
    same = Submission.objects.filter(student=submission.student_id, exercise=submission.exercise_id)
    return same.filter(number__lt=submission.number).order_by("-number").first()


def _ahead(submission: Submission) -> int:
    if submission.status != Submission.Status.QUEUED:
        return 0
    waiting = Submission.objects.filter(status=Submission.Status.QUEUED, queue=submission.queue)
    return waiting.filter(created__lt=submission.created).count()
