"""Reading equivalents.toml: the mutants of right solutions that are right themselves, each with its reason.

A mark names a mutant by its file and by the statement before and after the change. Layout does not count, nor
do line numbers, so that a mark outlives a reformatting, but not a change of its statement.
"""

from __future__ import annotations

from dataclasses import replace

from grader import table
from grader.exercise import Equivalent, Exercise
from grader.formula_mutants import FormulaMutant
from grader.mutants import Mutant, canonical_statement
from grader.table import Table

FILE = "equivalents.toml"


def read(exercise: Exercise) -> tuple[Equivalent, ...]:
    """The marks of an exercise; none if it has no such file."""
    text = exercise.files.get(FILE)
    if text is None:
        return ()
    root = table.parse(text, file=FILE)
    rows = [(row, _mark(row, exercise)) for row in root.tables("equivalents")]
    root.finish()
    marks = tuple(mark for _, mark in rows)
    for i, (row, mark) in enumerate(rows):
        if any(replace(mark, reason=one.reason) == one for one in marks[:i]):
            row.refuse("becomes", "each mutant once", mark.becomes)
    return marks


def matches(mark: Equivalent, file: str, mutant: Mutant | FormulaMutant) -> bool:
    """Whether that mutant is meant."""
    same = (mark.file, mark.was, mark.becomes) == (file, mutant.was, mutant.becomes)
    return same and mark.within in ("", mutant.within)


def _mark(row: Table, exercise: Exercise) -> Equivalent:
    mark = Equivalent(
        file=row.text("file"),
        was=_statement(row, "was"),
        becomes=_statement(row, "becomes"),
        reason=row.text("reason"),
        within=_statement(row, "within") if "within" in row else "",
    )
    row.finish()
    if mark.file not in exercise.right:
        row.refuse("file", f"a solution that must pass ({', '.join(exercise.right)})", mark.file)
    return mark


def _statement(row: Table, name: str) -> str:
    text = row.text(name)
    statement = canonical_statement(text)
    if statement is None:
        row.refuse(name, "one Python statement, or the line that a block stands under", text)
    return statement
