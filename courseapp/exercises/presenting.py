"""What the exercise page shows of an exercise: its author's files, rendered."""

from dataclasses import dataclass
from functools import lru_cache

from courseapp.exercises.queries import ExerciseRow
from courseapp.lessons import markdown


@dataclass(frozen=True)
class Task:
    """The left pane and the editor's first words."""

    row: ExerciseRow
    statement: str  # HTML
    conventions: tuple[str, ...]
    hints: tuple[str, ...]
    file: str
    starter: str


def task(row: ExerciseRow) -> Task:
    """The task of this exercise."""
    parsed = row.parsed
    return Task(
        row=row,
        statement=_rendered(parsed.statement),
        conventions=parsed.conventions,
        hints=parsed.hints,
        file=parsed.filename,
        starter=parsed.starter,
    )


@dataclass(frozen=True)
class Hints:
    """The hints that are open, and which one a click opens next."""

    shown: tuple[str, ...]
    count: int
    next: int | None


def hints(row: ExerciseRow, asked: str) -> Hints:
    """The first hints, as many as were asked for; each is stronger than the last."""
    everything = row.parsed.hints
    number = min(int(asked), len(everything)) if asked.isdecimal() else 0
    following = number + 1 if number < len(everything) else None
    return Hints(everything[:number], len(everything), following)


@lru_cache(maxsize=256)
def _rendered(statement: str) -> str:
    return markdown.to_html(statement)
