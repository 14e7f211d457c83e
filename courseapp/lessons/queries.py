"""What the course map and the lessons read."""

from dataclasses import dataclass
from functools import cached_property

from courseapp.accounts.models import User
from courseapp.exercises.queries import ExerciseRow, Reader, exercise_rows
from courseapp.lessons.models import Course, Lesson, Unit
from courseapp.submissions.models import Submission


@dataclass(frozen=True)
class UnitRow:
    """A unit with its exercises and the reader's standing in them."""

    number: int
    title: str
    about: str
    has_lesson: bool
    exercises: tuple[ExerciseRow, ...]

    @property
    def points(self) -> int:
        return sum(row.points for row in self.exercises)

    @property
    def max_points(self) -> int:
        return sum(row.max_points for row in self.exercises)

    @property
    def minutes(self) -> int:
        """For the exercises alone."""
        return sum(row.minutes for row in self.exercises)

    @property
    def complete(self) -> bool:
        return bool(self.exercises) and all(row.tick == "done" for row in self.exercises)


@dataclass(frozen=True)
class CourseMap:
    """The whole course, for one reader."""

    title: str
    about: str
    units: tuple[UnitRow, ...]
    latest: Submission | None  # the reader's last one that is graded or waits
    has_taster: bool = False

    @cached_property
    def exercises(self) -> tuple[ExerciseRow, ...]:
        return tuple(row for unit in self.units for row in unit.exercises)

    @property
    def points(self) -> int:
        return sum(row.points for row in self.exercises)

    @property
    def max_points(self) -> int:
        return sum(row.max_points for row in self.exercises)

    @property
    def passed(self) -> int:
        return sum(row.tick == "done" for row in self.exercises)

    @property
    def begun(self) -> int:
        return sum(row.tick in ("begun", "near") for row in self.exercises)

    @property
    def exercise_count(self) -> int:
        return len(self.exercises)

    @property
    def lesson_count(self) -> int:
        return sum(unit.has_lesson for unit in self.units)

    @property
    def first_lesson(self) -> UnitRow | None:
        return next((unit for unit in self.units if unit.has_lesson), None)

    @property
    def first_exercise(self) -> ExerciseRow | None:
        return next(iter(self.exercises), None)


@dataclass(frozen=True)
class UnitPage:
    """One unit: its lesson's source, if it is written, and its neighbours."""

    unit: Unit
    lesson: Lesson | None
    exercises: tuple[ExerciseRow, ...]
    previous: Unit | None  # the nearest units that have a lesson
    next: Unit | None


def course_map(reader: Reader) -> CourseMap:
    """The course for this reader, signed in or not. A fixed number of queries."""
    course = Course.objects.filter(pk=1).first() or Course(title="Nabla")
    rows = exercise_rows(reader)
    with_lesson = set(Lesson.objects.values_list("unit_id", flat=True))
    units = tuple(
        UnitRow(
            number=unit.number,
            title=unit.title,
            about=unit.about,
            has_lesson=unit.pk in with_lesson,
            exercises=tuple(row for row in rows if row.unit == unit.number),
        )
        for unit in Unit.objects.all()
    )
    return CourseMap(course.title, course.about, units, _latest(reader), has_taster=bool(course.taster))


def taster() -> str:
    """The source of the walk of half an hour. Raises Course.DoesNotExist where there is none."""
    return Course.objects.exclude(taster="").get(pk=1).taster


def unit_page(reader: Reader, number: int) -> UnitPage:
    """Raises Unit.DoesNotExist."""
    unit = Unit.objects.select_related("lesson").get(number=number)
    written = Unit.objects.filter(lesson__isnull=False)
    return UnitPage(
        unit=unit,
        lesson=getattr(unit, "lesson", None),
        exercises=tuple(exercise_rows(reader, unit=number)),
        previous=written.filter(number__lt=number).last(),
        next=written.filter(number__gt=number).first(),
    )


def _latest(reader: Reader) -> Submission | None:
    if not isinstance(reader, User):
        return None
    mine = Submission.objects.filter(student=reader, kind=Submission.Kind.SUBMIT)
    return mine.select_related("exercise__unit", "verdict").first()
