"""From the folder `exercises/` to a `Course`."""

from __future__ import annotations

from pathlib import Path

from grader import table
from grader.errors import ExerciseError
from grader.exercise import Course, Exercise, Unit
from grader.loading import MANIFEST, load_exercise
from grader.table import Table

COURSE = "course.toml"
TASTER = "taster.md"


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
    unit = Unit(
        number=number,
        slug=slug,
        title=row.text("title"),
        about=row.text("about"),
        lesson=_optional(home / "lesson.md"),
        exercises=tuple(sorted((load_exercise(path) for path in folders), key=lambda one: one.number)),
    )
    row.finish()
    return unit


def _check_exercises(course: Course) -> None:
    """Slugs and numbers differ, and every prerequisite is an exercise that comes earlier."""
    seen: dict[object, Exercise] = {}
    for exercise in course.exercises:
        for key in (exercise.slug, exercise.number):
            if key in seen:
                raise ExerciseError(f"{exercise.slug}/{MANIFEST}: {key!r} is taken by {seen[key].slug}")
            seen[key] = exercise
    for exercise in course.exercises:
        where = f"{exercise.slug}/{MANIFEST}: prerequisites"
        for slug in exercise.prerequisites:
            if slug not in seen:
                raise ExerciseError(f"{where}: expected the slug of an exercise, got {slug!r}")
            if seen[slug].number >= exercise.number:
                raise ExerciseError(f"{where}: expected an exercise before {exercise.number}, got {slug!r}")
