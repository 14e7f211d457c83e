"""What a student hands in: one line for each formula, `name(variables) = formula`, with comments after #."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from grader.formula.errors import FormulaError
from grader.formula.parser import Formula, parse

MAX_SHEET = 16 * 1024  # characters
MAX_LINES = 500
COMMENT = "#"
LIKE = 0.75  # how like a name that is asked for another one must be to be taken for it
LEFT = re.compile(r"(?P<name>[^\s()=]+)(?:\s*\((?P<variables>[^()=]*)\))?")


@dataclass(frozen=True)
class Unreadable:
    """A line that is no formula: why, and where."""

    sentence: str
    line: int  # counted from 1
    column: int  # counted from 0
    text: str  # of the line


@dataclass(frozen=True)
class Sheet:
    """The formulas by name, the lines that should be formulas and are not, and what else stands there."""

    formulas: Mapping[str, Formula]
    unreadable: Mapping[str, Unreadable]
    stray: Unreadable | None = None


def read(source: str, names: Mapping[str, Sequence[str]]) -> Sheet:
    """Read the formula of each of `names`, which are given with their variables.

    A line with a name much like one that has no formula yet is that one's, unreadable; any other is stray.
    """
    formulas: dict[str, Formula] = {}
    unreadable: dict[str, Unreadable] = {}
    strays: list[tuple[str, Unreadable]] = []
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(source) > MAX_SHEET or len(lines) > MAX_LINES:
        sentence = (
            f"This is more than {MAX_SHEET // 1024} KB or {MAX_LINES} lines; a line for each formula is due."
        )
        return Sheet({}, {}, Unreadable(sentence, 1, 0, lines[0][:80]))
    for i, line in enumerate(lines, start=1):
        text = line.split(COMMENT, 1)[0].rstrip()
        if not text.strip():
            continue
        left, equals, right = text.partition("=")
        match = LEFT.fullmatch(left.strip())
        name = _typed(match["name"]) if match and equals else ""
        sentence = _stray(equals, name, names, formulas.keys() | unreadable.keys())
        if sentence:
            strays.append((name, Unreadable(sentence, i, len(text) - len(text.lstrip()), text)))
            continue
        if not right.strip():
            continue  # still to be written
        try:
            _check_variables(match["variables"] if match else None, names[name], at=text.find("("))
            formulas[name] = _formula(text, right, names[name])
        except FormulaError as error:
            unreadable[name] = Unreadable(error.sentence, i, error.column, text)
    for name, stray in strays:
        meant = get_close_matches(name[:20], [] if name in names else names.keys() - formulas.keys(), 1, LIKE)
        if not meant:
            return Sheet(formulas, unreadable, stray)
        sentence = f"No formula of that name is asked for. Did you mean `{meant[0]}`?"
        unreadable.setdefault(meant[0], replace(stray, sentence=sentence))
    return Sheet(formulas, unreadable)


def _typed(name: str) -> str:
    """With the prime that a keyboard has."""
    return name.replace("’", "'").replace("′", "'")


def _stray(equals: str, name: str, names: Mapping[str, Sequence[str]], taken: set[str]) -> str:
    """What is wrong with the left side, if anything."""
    due = ", ".join(f"{one}({', '.join(variables)})" for one, variables in names.items())
    if not equals:
        return f"A line needs an `=`: the name on its left, the formula on its right. Asked for: {due}."
    if name not in names:
        return f"No formula of that name is asked for. Asked for: {due}."
    if name in taken:
        return f"`{name}` stands here a second time. Keep one line for each formula; # makes a comment."
    return ""


def _check_variables(written: str | None, variables: Sequence[str], *, at: int) -> None:
    if written is None:
        return
    if [one.strip() for one in written.split(",")] != list(variables):
        raise FormulaError(f"The variables are ({', '.join(variables)}), in this order.", at)


def _formula(text: str, right: str, variables: Sequence[str]) -> Formula:
    """Read the right side; columns are those of the whole line."""
    right = right.lstrip()
    shift = len(text) - len(right)
    try:
        return parse(right, variables)
    except FormulaError as error:
        raise FormulaError(error.sentence, error.column + shift) from None
