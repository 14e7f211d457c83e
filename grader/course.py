"""From the folder `exercises/` to a `Course`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

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


class _Place(NamedTuple):
    """An exercise among others: its folder as `unit/exercise`, and what must fit theirs."""

    where: str
    number: int
    slug: str
    prerequisites: tuple[str, ...]


def load_course(folder: Path) -> Course:
    """Every unit of course.toml, with the exercises of its folder `NN-slug`."""
    if not (folder / COURSE).is_file():
        raise ExerciseError(f"{folder}: expected the folder of a course, with a {COURSE} in it")
    root = table.parse(_read(folder / COURSE), file=COURSE)
    loaded = [_unit(row, folder) for row in root.tables("units")]
    course = Course(
        title=root.text("title"),
        about=root.text("about"),
        units=tuple(unit for unit, _ in loaded),
        taster=_optional(folder / TASTER),
    )
    root.finish()
    for _place, sentence in _clashes([place for _, places in loaded for place in places]):
        raise ExerciseError(sentence)
    return course


def check_place(exercise: Exercise, folder: Path) -> None:
    """No other exercise of the course in which that folder lies has its number or slug, and what it builds on
    comes earlier.
    """
    home = folder.parent.parent
    if not (home / COURSE).is_file():
        return
    own = _placed(exercise, folder)
    others = [one for one in _all_noted(home) if one.where != own.where]
    if len(others) + 1 < len(exercise_folders(home)):  # one of those that cannot be read may be meant
        there = {one.slug for one in (*others, own)}
        own = own._replace(prerequisites=tuple(slug for slug in own.prerequisites if slug in there))
    for place, sentence in _clashes([*others, own]):
        if place == own:
            raise ExerciseError(sentence)


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


def next_number(folder: Path, slug: str) -> int:
    """That of a new exercise under `exercises/`. Raises ExerciseError if its slug is taken."""
    places = _all_noted(folder)
    for place in places:
        if place.slug == slug:
            raise ExerciseError(f"{slug!r} is taken by {place.where}")
    return 1 + max((place.number for place in places), default=0)


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


def _unit(row: Table, folder: Path) -> tuple[Unit, list[_Place]]:
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
    return unit, [_placed(*one) for one in zip(exercises, folders, strict=True)]


def _placed(exercise: Exercise, folder: Path) -> _Place:
    return _Place(_where(folder), exercise.number, exercise.slug, exercise.prerequisites)


def _where(folder: Path) -> str:
    return f"{folder.parent.name}/{folder.name}"


def _all_noted(folder: Path) -> list[_Place]:
    manifests = (one / MANIFEST for one in exercise_folders(folder))
    return [place for one in manifests if (place := _noted(one, one.stat().st_mtime_ns)) is not None]


@lru_cache(maxsize=512)
def _noted(manifest: Path, _changed: int) -> _Place | None:
    """As that file has it; None where another exercise is not sound, which is not this one's to mend."""
    try:
        values = tomllib.loads(manifest.read_text(encoding="utf-8"))
        needs = tuple(map(str, values.get("prerequisites", ())))
        return _Place(_where(manifest.parent), int(values["number"]), str(values["slug"]), needs)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _clashes(places: Sequence[_Place]) -> Iterator[tuple[_Place, str]]:
    """Slugs and numbers differ, and every prerequisite is an exercise that comes earlier."""
    by_number: dict[int, _Place] = {}
    by_slug: dict[str, _Place] = {}
    free = 1 + max((place.number for place in places), default=0)
    for place in places:
        manifest = f"{place.where}/{MANIFEST}"
        if place.number in by_number:
            taken = by_number[place.number].where
            yield place, f"{manifest}: number: {place.number} is taken by {taken}; {free} is free"
        if place.slug in by_slug:
            yield place, f"{manifest}: slug: {place.slug!r} is taken by {by_slug[place.slug].where}"
        by_number.setdefault(place.number, place)
        by_slug.setdefault(place.slug, place)
    for place in places:
        where = f"{place.where}/{MANIFEST}: prerequisites"
        for slug in place.prerequisites:
            if slug not in by_slug:
                yield place, f"{where}: expected the slug of an exercise, got {slug!r}"
            elif by_slug[slug].number >= place.number:
                yield place, f"{where}: expected an exercise before {place.number}, got {slug!r}"
