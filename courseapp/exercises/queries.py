"""What pages read about exercises and a student's standing in them."""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Max, Q, QuerySet

import grader
from courseapp.accounts.models import User
from courseapp.exercises.models import Exercise, ExerciseVersion
from courseapp.submissions.models import Draft, Submission

RUNTIME_NAMES = {"numpy": "NumPy", "torch": "PyTorch"}
WORDS = {"done": "passed", "near": "passed in part", "begun": "begun", "": "open"}

Reader = User | AnonymousUser
Standings = defaultdict[int, "Standing"]


@dataclass(frozen=True)
class Standing:
    """How far a student has come with one exercise."""

    submissions: int = 0
    points: int = 0  # of the best submission
    passed: bool = False

    @property
    def tick(self) -> str:
        """`done`, `near` (some points), `begun` (submitted), or empty."""
        if self.passed:
            return "done"
        if self.points:
            return "near"
        return "begun" if self.submissions else ""


@dataclass(frozen=True)
class ExerciseRow:
    """A published exercise as lists and cards show it, with the reader's standing."""

    unit: int
    parsed: grader.Exercise
    standing: Standing

    @property
    def number(self) -> int:
        return self.parsed.number

    @property
    def slug(self) -> str:
        return self.parsed.slug

    @property
    def title(self) -> str:
        return self.parsed.title

    @property
    def summary(self) -> str:
        return self.parsed.summary

    @property
    def minutes(self) -> int:
        return self.parsed.minutes

    @property
    def difficulty(self) -> str:
        return str(self.parsed.difficulty)

    @property
    def signatures(self) -> list[str]:
        return [entry.signature for entry in self.parsed.entries]

    @property
    def runtime_name(self) -> str:
        if self.parsed.of_formulas:
            return "Formulas"
        return RUNTIME_NAMES[str(self.parsed.runtime)] + (" on a GPU" if self.needs_gpu else "")

    @property
    def needs_gpu(self) -> bool:
        return self.parsed.queue is grader.Queue.GPU

    @property
    def max_points(self) -> int:
        return self.parsed.max_points

    @property
    def points(self) -> int:
        return self.standing.points

    @property
    def tick(self) -> str:
        return self.standing.tick

    @property
    def word(self) -> str:
        return WORDS[self.tick]


@dataclass(frozen=True)
class ExercisePage:
    """Everything the page of one exercise reads from the database."""

    exercise: Exercise
    row: ExerciseRow
    draft: Draft | None
    submissions: list[Submission]  # of kind submit, newest first, with their verdicts
    latest: Submission | None  # the newest of any kind
    next_exercise: Exercise | None
    builds_on: tuple[ExerciseRow, ...]
    leads_to: tuple[ExerciseRow, ...]  # those that build on it directly


def exercise_rows(reader: Reader, *, unit: int | None = None) -> list[ExerciseRow]:
    """The published exercises of a unit, or of the course, in order. Two queries once all are parsed."""
    standings = _standings(reader)
    return [_row(exercise, version, standings) for exercise, version in _published(unit=unit)]


def _row(exercise: Exercise, version: ExerciseVersion, standings: Standings) -> ExerciseRow:
    return ExerciseRow(exercise.unit.number, version.parsed, standings[exercise.pk])


def _published(*, unit: int | None = None) -> list[tuple[Exercise, ExerciseVersion]]:
    exercises = Exercise.objects.filter(published__isnull=False).select_related("published", "unit")
    if unit is not None:
        exercises = exercises.filter(unit__number=unit)
    return _with_versions(exercises.defer("published__files"))


def _with_versions(exercises: QuerySet[Exercise]) -> list[tuple[Exercise, ExerciseVersion]]:
    """Each exercise with its published version; files are read only where they were not parsed before."""
    pairs = [(exercise, exercise.published) for exercise in exercises if exercise.published]
    unknown = [version.pk for _, version in pairs if not version.is_parsed]
    read = ExerciseVersion.objects.in_bulk(unknown) if unknown else {}
    return [(exercise, read.get(version.pk, version)) for exercise, version in pairs]


def exercise_page(reader: Reader, slug: str) -> ExercisePage:
    """Raises Exercise.DoesNotExist for an unknown or unpublished one."""
    exercise = Exercise.objects.select_related("published", "unit").get(slug=slug, published__isnull=False)
    assert exercise.published is not None  # noqa: S101 - the filter above says so
    published, standings = _published(), _standings(reader)
    row = _row(exercise, exercise.published, standings)
    rows = [_row(*pair, standings) for pair in published]
    following = next((other for other, _ in published if other.number > exercise.number), None)
    builds_on = tuple(other for other in rows if other.slug in row.parsed.prerequisites)
    leads_to = tuple(other for other in rows if row.slug in other.parsed.prerequisites)
    if not isinstance(reader, User):
        return ExercisePage(exercise, row, None, [], None, following, builds_on, leads_to)
    mine = Submission.objects.filter(student=reader, exercise=exercise)
    mine = mine.select_related("verdict", "version").defer("version__files")
    return ExercisePage(
        exercise=exercise,
        row=row,
        draft=Draft.objects.filter(student=reader, exercise=exercise).first(),
        submissions=list(mine.filter(kind=Submission.Kind.SUBMIT).order_by("-number")),
        latest=mine.order_by("-created").first(),
        next_exercise=following,
        builds_on=builds_on,
        leads_to=leads_to,
    )


def _standings(reader: Reader) -> Standings:
    standings: Standings = defaultdict(Standing)
    if isinstance(reader, User):
        rows = (
            Submission.objects.filter(student=reader, kind=Submission.Kind.SUBMIT)
            .order_by()
            .values("exercise")
            .annotate(
                submissions=Count("pk"),
                points=Max("verdict__points"),
                passes=Count("verdict", filter=Q(verdict__passed=True)),
            )
        )
        for row in rows:
            standings[row["exercise"]] = Standing(row["submissions"], row["points"] or 0, bool(row["passes"]))
    return standings
