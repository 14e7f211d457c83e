"""Where a reader stands on the course map: which unit is theirs now, and what to do next."""

import re
from dataclasses import dataclass

from courseapp.lessons.landscape import PHONE, WIDE, Landscape, landscape
from courseapp.lessons.queries import CourseMap, UnitRow
from courseapp.submissions.models import Submission

SHORT_TITLE = re.compile(r"[,:]| and ")


@dataclass(frozen=True)
class Place:
    """A unit on the map: `past` when all of it is passed, `here`, or `todo`."""

    unit: UnitRow
    state: str


@dataclass(frozen=True)
class LeftOff:
    """The exercise to go on with, and why."""

    number: int
    title: str
    slug: str
    sentence: str
    action: str
    lesson: int | None  # the unit, if it has a lesson to read again


@dataclass(frozen=True)
class Overview:
    """What the map's page shows beside the plain list of units."""

    places: tuple[Place, ...]
    wide: Landscape
    phone: Landscape
    left_off: LeftOff | None


def overview(course: CourseMap) -> Overview:
    """The map for the reader whose course this is."""
    here = _here(course)
    places = tuple(Place(unit, _state(unit, here)) for unit in course.units)
    nodes = [(place.unit.number, short_title(place.unit.title), place.state) for place in places]
    return Overview(places, landscape(WIDE, nodes), landscape(PHONE, nodes), _left_off(course))


def short_title(title: str) -> str:
    """The first words of a unit's title, as the landscape writes it."""
    return SHORT_TITLE.split(title, maxsplit=1)[0].strip()


def _here(course: CourseMap) -> int | None:
    if course.latest is None or course.latest.exercise is None:
        return None
    number = course.latest.exercise.unit.number
    open_units = [unit.number for unit in course.units if unit.exercises and not unit.complete]
    later = [one for one in open_units if one >= number] or open_units
    return later[0] if later else number


def _state(unit: UnitRow, here: int | None) -> str:
    if unit.number == here:
        return "here"
    return "past" if unit.complete else "todo"


def _left_off(course: CourseMap) -> LeftOff | None:
    latest = course.latest
    if latest is None or latest.exercise is None:
        return None
    exercise = latest.exercise
    verdict = getattr(latest, "verdict", None)
    following = next(
        (row for row in course.exercises if row.number > exercise.number and row.tick != "done"), None
    )
    if verdict is not None and verdict.passed and following is not None:
        passed = f"You passed exercise {exercise.number}. {following.summary}"
        lesson = _lesson(course, following.unit)
        return LeftOff(following.number, following.title, following.slug, passed, "Open exercise", lesson)
    lesson = _lesson(course, exercise.unit.number)
    return LeftOff(exercise.number, exercise.title, exercise.slug, _said(latest), "Continue exercise", lesson)


def _said(latest: Submission) -> str:
    verdict = getattr(latest, "verdict", None)
    if verdict is None:
        return "Your last submission has no verdict yet."
    points = f"{verdict.points} of {verdict.max_points} points"
    return f"{verdict.data['headline']} Your last submission has {points}."


def _lesson(course: CourseMap, unit: int) -> int | None:
    return next((row.number for row in course.units if row.number == unit and row.has_lesson), None)
