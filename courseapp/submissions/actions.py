"""What students do with their code."""

from functools import partial

from django.db import transaction
from django.db.models import Max

import grader
from courseapp.accounts.models import User
from courseapp.errors import Refused
from courseapp.exercises.models import Exercise
from courseapp.grading.enqueueing import enqueue
from courseapp.submissions import limits, queries
from courseapp.submissions.models import Bundle, Draft, Submission

RUNTIMES = ("numpy", "torch")


def submit_code(*, student: User, exercise: Exercise, source: str) -> Submission:
    """Store a student's code and queue it for grading once the row is committed."""
    return _hand_in(Submission.Kind.SUBMIT, student=student, exercise=exercise, source=source)


def run_code(*, student: User, exercise: Exercise, source: str) -> Submission:
    """Queue a run of the visible examples. It counts for nothing and is kept for a day."""
    return _hand_in(Submission.Kind.RUN, student=student, exercise=exercise, source=source)


@transaction.atomic
def run_fragment(*, student: User, source: str, runtime: str) -> Submission:
    """Queue a lesson's code fragment."""
    if runtime not in RUNTIMES:
        raise Refused(f"There is no runtime {runtime!r}; lessons run in {' or '.join(RUNTIMES)}.")
    kind = Submission.Kind.FRAGMENT
    limits.check_source(source)
    _one_at_a_time(student)
    limits.check_rate(student=student, kind=kind)
    submission = Submission.objects.create(student=student, kind=kind, source=source, runtime=runtime)
    transaction.on_commit(partial(enqueue, submission))
    return submission


@transaction.atomic
def race_code(*, student: User, heat: grader.Heat) -> Submission:
    """Queue a race of the code with which the student last passed that optimizer's exercise."""
    _one_at_a_time(student)
    entrant = queries.entrant(student, heat.racer)
    if entrant is None:
        raise Refused("You have not passed the exercise of this optimizer yet. Pass it, and it can race.")
    limits.check_rate(student=student, kind=Submission.Kind.RACE)
    submission = Submission.objects.create(
        student=student,
        kind=Submission.Kind.RACE,
        exercise=entrant.exercise,
        version=entrant.version,
        source=entrant.source,
        heat=heat.as_dict(),
        runtime=entrant.runtime,
        queue=entrant.queue,
    )
    transaction.on_commit(partial(enqueue, submission))
    return submission


def save_draft(*, student: User, exercise: Exercise, source: str) -> Draft:
    """Keep what is in the editor. An empty editor is a draft too."""
    if source.strip():
        limits.check_source(source)
    draft, _ = Draft.objects.update_or_create(student=student, exercise=exercise, defaults={"source": source})
    return draft


def restore(*, student: User, submission: Submission) -> Draft:
    """Put the code of an earlier submission back into the editor."""
    if submission.exercise is None:
        raise Refused("A lesson's fragment has no editor to go back to.")
    return save_draft(student=student, exercise=submission.exercise, source=submission.source)


@transaction.atomic
def ask_for_bundle(*, submission: Submission) -> Bundle:
    """Have a worker make what the student may take home of a verdict; nothing new while there is one."""
    if submission.kind != Submission.Kind.SUBMIT or submission.status != Submission.Status.DONE:
        raise Refused("There is a bundle once there is a verdict.")
    if not (submission.version and grader.can_repeat(submission.version.parsed)):
        raise Refused("No check of this exercise can be repeated outside the judge.")
    _one_at_a_time(submission.student)
    made = Bundle.objects.filter(submission=submission).defer("archive").first()
    if made is not None and made.status != Bundle.Status.ERROR:
        return made
    limits.check_bundles(student=submission.student)
    Bundle.objects.filter(submission=submission).delete()
    bundle = Bundle.objects.create(submission=submission)
    transaction.on_commit(partial(enqueue, bundle))
    return bundle


@transaction.atomic
def _hand_in(kind: Submission.Kind, *, student: User, exercise: Exercise, source: str) -> Submission:
    limits.check_source(source)
    _one_at_a_time(student)
    version = exercise.published
    if version is None:
        raise Refused("This exercise is not published yet, so nothing can be graded.")
    waiting = Submission.objects.filter(student=student, kind=kind, version=version, source=source)
    if twice := waiting.filter(status__in=limits.WAITING).first():
        return twice  # a double click, or a second tab: the same code is being graded already
    limits.check_rate(student=student, kind=kind)
    submission = Submission.objects.create(
        student=student,
        kind=kind,
        exercise=exercise,
        version=version,
        number=_next_number(student, exercise) if kind == Submission.Kind.SUBMIT else None,
        source=source,
        runtime=str(version.parsed.runtime),
        queue=str(version.parsed.queue),
    )
    save_draft(student=student, exercise=exercise, source=source)
    transaction.on_commit(partial(enqueue, submission))
    return submission


def _one_at_a_time(student: User) -> None:
    """Let one student's requests pass one after the other, until the transaction ends.

    So a burst cannot slip under the limits, and two submissions do not take one number.
    """
    User.objects.select_for_update().get(pk=student.pk)


def _next_number(student: User, exercise: Exercise) -> int:
    mine = Submission.objects.filter(student=student, exercise=exercise)
    return (mine.aggregate(last=Max("number"))["last"] or 0) + 1
