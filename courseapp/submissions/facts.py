"""Gathers what a panel shows from the rows of a submission."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

import grader
from courseapp.exercises.models import Exercise
from courseapp.lessons.models import Lesson
from courseapp.nodes.queries import has_grader_for
from courseapp.submissions import queries
from courseapp.submissions.differences import Line, difference
from courseapp.submissions.models import Submission
from courseapp.submissions.panel import PASSED, Facts, Panel, submit_panel
from courseapp.submissions.queries import Progress
from courseapp.submissions.races import race_panel
from courseapp.submissions.runs import run_panel

Kind, Status = Submission.Kind, Submission.Status


@dataclass(frozen=True)
class Entry:
    """One line of the history."""

    id: UUID
    number: int
    created: datetime
    word: str
    has_previous: bool
    has_bundle: bool  # or may have one, once asked for


def panel_of(submission: Submission) -> Panel:
    """The panel of a submission as it is now."""
    return panel_at(queries.progress(submission.pk))


def panel_at(progress: Progress) -> Panel:
    """The panel of a submission at this stage."""
    facts = _facts(progress)
    panels = {Kind.SUBMIT: submit_panel, Kind.RACE: race_panel}
    return panels.get(Kind(facts.kind), run_panel)(facts)


def history(submissions: Sequence[Submission]) -> list[Entry]:
    """A student's submissions, newest first, each with a word on how it ended."""
    return [
        Entry(
            id=one.pk,
            number=one.number or 0,
            created=one.created,
            word=_word(one),
            has_previous=(one.number or 0) > 1,
            has_bundle=one.status == Status.DONE and can_repeat(one),
        )
        for one in submissions
    ]


def can_repeat(submission: Submission) -> bool:
    """Whether a student's bundle repeats any of its checks."""
    return submission.version is not None and grader.can_repeat(submission.version.parsed)


def history_of(submission: Submission) -> list[Entry]:
    """The history that stands beside this submission's panel."""
    if submission.kind != Kind.SUBMIT or submission.exercise is None:
        return []
    return history(queries.history(submission.student, submission.exercise.pk))


def changes(submission: Submission) -> tuple[int | None, list[list[Line]]]:
    """What changed since the submission before, and which that was."""
    before = queries.previous(submission)
    if before is None:
        return None, []
    return before.number, difference(before.source, submission.source)


def _facts(progress: Progress) -> Facts:
    submission = progress.submission
    passed = progress.verdict is not None and progress.verdict["outcome"] == PASSED
    previous, diff = changes(submission) if passed and submission.kind == Kind.SUBMIT else (None, [])
    return Facts(
        id=submission.pk,
        kind=submission.kind,
        number=submission.number,
        status=submission.status,
        attempts=submission.attempts,
        ahead=progress.ahead,
        created=submission.created,
        started=submission.started,
        finished=submission.finished,
        expected=_expected(submission),
        checks=progress.checks,
        verdict=progress.verdict,
        lesson=_lesson(submission),
        next_exercise=_next(submission) if passed else None,
        diff=diff,
        previous=previous,
        nobody=submission.status == Status.QUEUED and not has_grader_for(submission.queue),
        on_device=submission.queue == grader.Queue.GPU,
    )


def _expected(submission: Submission) -> list[Mapping[str, Any]]:
    if submission.version is None:
        return []
    return [{"name": check.name, "points": check.points} for check in submission.version.parsed.checks]


def _lesson(submission: Submission) -> Mapping[str, str] | None:
    if submission.exercise is None:
        return None
    unit = submission.exercise.unit
    if not Lesson.objects.filter(unit=unit).exists():
        return None
    return {"url": reverse("lesson", args=[unit.number]), "label": f"unit {unit.number}, {unit.title}"}


def _next(submission: Submission) -> Mapping[str, Any] | None:
    if submission.exercise is None:
        return None
    later = Exercise.objects.filter(number__gt=submission.exercise.number, published__isnull=False)
    return later.values("number", "title", "slug").first()


def _word(submission: Submission) -> str:
    verdict = getattr(submission, "verdict", None)
    if verdict is None:
        return {Status.QUEUED: "waiting", Status.RUNNING: "running", Status.HELD: "held"}.get(
            Status(submission.status), "not graded; our fault"
        )
    score = f"{verdict.points} of {verdict.max_points}"
    return f"{score}; passed" if verdict.passed else f"{score}{_cause(verdict.data)}"


def _cause(verdict: Mapping[str, Any]) -> str:
    for check in verdict.get("checks", ()):
        name = ((check.get("evidence") or {}).get("diagnosis") or {}).get("name")
        if name:
            return f"; {name}"
    return ""
