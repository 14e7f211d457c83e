"""From the folder `exercises/` to a `Course`."""

from __future__ import annotations

import re
from pathlib import Path

from grader import table
from grader.errors import ExerciseError
from grader.exercise import Check, Course, Exercise, Solution, Unit
from grader.loading import MANIFEST, load_exercise
from grader.table import Table

COURSE = "course.toml"
LESSON = "lesson.md"
TASTER = "taster.md"
ANCHOR = re.compile(r"\{(#[a-z0-9-]+)\}")
MADE = ("#eq-", "#figure-")  # anchors that the page gives to equations and figures


def load_course(folder: Path) -> Course:
    """Every unit of course.toml, with the exercises of its folder `NN-slug`."""
    root = table.parse(_read(folder / COURSE), file=COURSE)
    course = Course(
        title=root.text("title"),
        about=root.text("about"),
        units=tuple(_unit(row, folder) for row in root.tables("units")),
        taster=_optional(folder / TASTER),
    )
    root.finish()
    _check_exercises(course)
    return course


def check_links(exercise: Exercise, folder: Path) -> None:
    """Every anchor that the exercise in that folder names is in its unit's lesson, if there is one."""
    lesson = _optional(folder.parent / LESSON)
    if lesson is None:
        return
    there = set(ANCHOR.findall(lesson))
    links: list[Check | Solution] = [*exercise.checks, *exercise.solutions, *exercise.variants]
    for one in links:
        if one.lesson and one.lesson not in there and not one.lesson.startswith(MADE):
            raise ExerciseError(
                f"{folder.name}/{MANIFEST}: lesson: expected an anchor of {folder.parent.name}/{LESSON}, "
                f"got {one.lesson!r} (in the table of {one.name!r})"
            )


def exercise_folders(folder: Path) -> list[Path]:
    """The folders of all exercises under `exercises/`, in order."""
    return sorted(path.parent for path in folder.glob(f"*/*/{MANIFEST}"))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ExerciseError(f"{path}: expected a readable UTF-8 text: {error}") from error


def _optional(path: Path) -> str | None:
    return _read(path) if path.is_file() else None


def _unit(row: Table, folder: Path) -> Unit:
    number, slug = row.whole("number", minimum=1), row.text("slug")
    home = folder / f"{number:02d}-{slug}"
    if not home.is_dir():
        row.refuse("slug", f"a folder {home.name} beside {COURSE}", slug)
    folders = sorted(path.parent for path in home.glob(f"*/{MANIFEST}"))
    exercises = [load_exercise(path) for path in folders]
    for exercise, path in zip(exercises, folders, strict=True):
        check_links(exercise, path)
    unit = Unit(
        number=number,
        slug=slug,
        title=row.text("title"),
        about=row.text("about"),
        lesson=_optional(home / LESSON),
        exercises=tuple(sorted(exercises, key=lambda one: one.number)),
    )
    row.finish()
    return unit


def _check_exercises(course: Course) -> None:
    """Slugs and numbers differ, and every prerequisite is an exercise that comes earlier."""
    seen: dict[object, Exercise] = {}
    free = 1 + max((exercise.number for exercise in course.exercises), default=0)
    for exercise in course.exercises:
        if exercise.number in seen:
            where = f"{exercise.slug}/{MANIFEST}: number"
            taken = f"{exercise.number} is taken by {seen[exercise.number].slug}"
            raise ExerciseError(f"{where}: {taken}; {free} is free")
        if exercise.slug in seen:
            where = f"exercise {exercise.number}: slug"
            taken = f"{exercise.slug!r} is taken by exercise {seen[exercise.slug].number}"
            raise ExerciseError(f"{where}: {taken}")
        seen[exercise.number] = seen[exercise.slug] = exercise
    for exercise in course.exercises:
        where = f"{exercise.slug}/{MANIFEST}: prerequisites"
        for slug in exercise.prerequisites:
            if slug not in seen:
                raise ExerciseError(f"{where}: expected the slug of an exercise, got {slug!r}")
            if seen[slug].number >= exercise.number:
                raise ExerciseError(f"{where}: expected an exercise before {exercise.number}, got {slug!r}")
