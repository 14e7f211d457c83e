"""What authors do: load a course, draft, publish, ask the gate."""

import hashlib
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.db import transaction
from django.db.models import Max

import grader
from courseapp.accounts.models import User
from courseapp.errors import ImmutableVersion, Refused
from courseapp.exercises.models import Exercise, ExerciseVersion, GateRun
from courseapp.grading.actions import release_held
from courseapp.grading.enqueueing import enqueue
from courseapp.lessons.models import Course, Lesson, Unit
from courseapp.lessons.rendering import LessonError, check_lesson

State = ExerciseVersion.State
RETRY_SECONDS = 10  # before the gate is tried again after a failure of ours


@dataclass(frozen=True)
class Loaded:
    """What loading a course changed."""

    units: int
    lessons: int
    new_versions: int
    unchanged: int
    replaced: tuple[str, ...]  # slugs of new versions in the place of what the admin had published
    elsewhere: tuple[str, ...]  # slugs of the site that the folder does not have


@transaction.atomic
def load_course(folder: Path) -> Loaded:
    """Bring the course in this folder into the database.

    Only files that changed since the folder was last loaded are taken, so that loading it again changes
    nothing and overwrites nothing that was edited in the admin meanwhile.

    Raises grader.ExerciseError, with nothing loaded, when any file is not sound.
    """
    course = grader.load_course(folder)
    elsewhere = _elsewhere(course)
    _check_texts(course)
    facts = {"title": course.title, "about": course.about, "taster": course.taster or ""}
    Course.objects.update_or_create(pk=1, defaults=facts)
    replaced = _edited(course)
    lessons = new = unchanged = 0
    for row in course.units:
        unit = _load_unit(row)
        lessons += _load_lesson(unit, row.lesson)
        for exercise in row.exercises:
            changed = _load_exercise(unit, exercise)
            new, unchanged = new + changed, unchanged + (not changed)
    return Loaded(
        units=len(course.units),
        lessons=lessons,
        new_versions=new,
        unchanged=unchanged,
        replaced=replaced,
        elsewhere=elsewhere,
    )


@transaction.atomic
def new_draft(*, version: ExerciseVersion) -> ExerciseVersion:
    """A draft of the next version, with the files of this one."""
    return _add_version(version.exercise, version.files)


@transaction.atomic
def edit_draft(*, version: ExerciseVersion, files: dict[str, str]) -> ExerciseVersion:
    """Change a draft's files. Raises ImmutableVersion, or grader.ExerciseError when they are not sound."""
    current = ExerciseVersion.objects.select_for_update().get(pk=version.pk)
    if current.immutable:
        raise ImmutableVersion(f"{current} has been published or graded; make a new draft from it.")
    parsed = grader.exercise_from_files(files)
    _check_identity(current.exercise, parsed)
    current.files, current.digest = files, parsed.digest
    current.save(update_fields=["files", "digest"])
    return current


@transaction.atomic
def publish(*, version: ExerciseVersion) -> None:
    """Make this the version that students work on; the one before is retired."""
    parsed = version.parsed
    _check_identity(version.exercise, parsed)
    ExerciseVersion.objects.filter(exercise=version.exercise, state=State.PUBLISHED).exclude(
        pk=version.pk
    ).update(state=State.RETIRED)
    ExerciseVersion.objects.filter(pk=version.pk).update(state=State.PUBLISHED)
    Exercise.objects.filter(pk=version.exercise_id).update(
        published=version,
        title=parsed.title,
        summary=parsed.summary,
        points=parsed.max_points,
        flagged="",
    )
    transaction.on_commit(partial(release_held, exercise=version.exercise, version=version))


@transaction.atomic
def publish_gated(*, version: ExerciseVersion) -> None:
    """Publish, if the gate has passed these very files. Raises Refused."""
    passed = version.gate_runs.filter(digest=version.digest, status=GateRun.Status.PASSED)
    if not passed.exists():
        raise Refused("Run the gate first: a version is published when the gate has passed its files.")
    publish(version=version)


@transaction.atomic
def start_gate(*, version: ExerciseVersion, requested_by: User | None) -> GateRun:
    """Queue a run of the gate on this version."""
    run = GateRun.objects.create(version=version, digest=version.digest, requested_by=requested_by)
    transaction.on_commit(partial(enqueue, run))
    return run


def finish_gate(*, run: GateRun, report: "grader.GateReport") -> None:
    """Keep what the gate found. What could not be tried has not passed. Raises LostClaim."""
    status = GateRun.Status.PASSED if report.ok else GateRun.Status.FAILED
    remark = f"Not tried: {report.untried}." if report.untried else ""
    run.let_go(status=status, report=report.as_dict(), remark=remark)


def refuse_gate(*, run: GateRun, remark: str) -> None:
    """The author's code ended the gate before there was a report. Raises LostClaim."""
    run.let_go(status=GateRun.Status.FAILED, remark=remark)


@transaction.atomic
def fail_gate(*, run: GateRun, remark: str) -> None:
    """Our machinery ended it: try again, or give up after the last attempt. Raises LostClaim."""
    last = run.last_attempt
    run.let_go(status=GateRun.Status.ERROR if last else GateRun.Status.QUEUED, remark=remark)
    if not last:
        transaction.on_commit(partial(enqueue, run, delay=RETRY_SECONDS))


def _check_texts(course: grader.Course) -> None:
    """Every lesson can be shown, with the exercises of its unit, and the taster with those of all."""
    there = dict(Exercise.objects.values_list("slug", "unit__number"))
    there |= {exercise.slug: unit.number for unit in course.units for exercise in unit.exercises}
    texts = [(f"{unit.number:02d}-{unit.slug}/lesson.md", unit.lesson, unit.number) for unit in course.units]
    for where, text, number in (*texts, ("taster.md", course.taster, None)):
        slugs = {slug for slug, unit in there.items() if number in (unit, None)}
        try:
            if text is not None:
                check_lesson(text, unit=number, slugs=slugs)
        except LessonError as error:
            raise grader.ExerciseError(f"{where}: {error}") from error


def _elsewhere(course: grader.Course) -> tuple[str, ...]:
    """The site's exercises that are not in the course. They stay, so their numbers are not free."""
    slugs = {exercise.slug for exercise in course.exercises}
    others = Exercise.objects.exclude(slug__in=slugs).order_by("number")
    taken = {other.number: other.slug for other in others}
    for exercise in course.exercises:
        if exercise.number in taken:
            raise grader.ExerciseError(
                f"{exercise.slug}/exercise.toml: number: {exercise.number} is taken on this site by "
                f"{taken[exercise.number]}, which is not in the folder. An exercise keeps its slug, and "
                "a new one has a new number."
            )
    return tuple(taken.values())


def _edited(course: grader.Course) -> tuple[str, ...]:
    """What the folder will change, and was published in the admin since the folder was loaded."""
    digests = {exercise.slug: exercise.digest for exercise in course.exercises}
    there = Exercise.objects.exclude(loaded="").select_related("published").order_by("number")
    return tuple(
        one.slug
        for one in there
        if one.published is not None
        and one.loaded not in (one.published.digest, digests.get(one.slug, one.loaded))
        and one.published.digest != digests[one.slug]
    )


def _load_unit(row: grader.Unit) -> Unit:
    defaults = {"slug": row.slug, "title": row.title, "about": row.about}
    unit, _ = Unit.objects.update_or_create(number=row.number, defaults=defaults)
    return unit


def _load_lesson(unit: Unit, source: str | None) -> int:
    if source is None:
        return 0
    digest = hashlib.sha256(source.encode()).hexdigest()
    lesson = Lesson.objects.filter(unit=unit).first() or Lesson(unit=unit)
    if lesson.loaded != digest:
        lesson.source, lesson.loaded = source, digest
        lesson.save()
    return 1


def _load_exercise(unit: Unit, parsed: grader.Exercise) -> bool:
    facts = {"unit": unit, "number": parsed.number}
    new = {"title": parsed.title, "summary": parsed.summary, **facts}
    exercise, _ = Exercise.objects.update_or_create(slug=parsed.slug, defaults=facts, create_defaults=new)
    if exercise.loaded == parsed.digest:
        return False
    same = exercise.versions.filter(digest=parsed.digest).first()
    publish(version=same or _add_version(exercise, dict(parsed.files)))
    Exercise.objects.filter(pk=exercise.pk).update(loaded=parsed.digest)
    return True


def _add_version(exercise: Exercise, files: dict[str, str]) -> ExerciseVersion:
    last = exercise.versions.aggregate(last=Max("number"))["last"] or 0
    digest = grader.exercise_from_files(files).digest
    return ExerciseVersion.objects.create(exercise=exercise, number=last + 1, files=files, digest=digest)


def _check_identity(exercise: Exercise, parsed: grader.Exercise) -> None:
    if (parsed.slug, parsed.number) != (exercise.slug, exercise.number):
        raise Refused(
            f"exercise.toml: slug and number are {parsed.slug!r} and {parsed.number}; "
            f"this exercise is {exercise.slug!r} and {exercise.number}, and they cannot change."
        )
