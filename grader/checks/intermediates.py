"""Named values of one answer, each scored by itself: exact, approximate, wrong or missing.

For long derivations, where one slip early on would otherwise cost everything. The entry returns a dict of
named values, or a tuple whose names are its `returns`. Every value passes the same gates and bounds as a
whole answer would; it has its points if it is right on all inputs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from grader import feedback
from grader.checks.method import Examined, Subject, bounds, shown
from grader.compare import compare, distance
from grader.errors import ReferenceError_
from grader.finding import Finding
from grader.glance import surely_right
from grader.outcome import Outcome
from grader.program import Response
from grader.question import Case
from grader.structure import Precision, gate, outputs
from grader.tolerance import Tolerance
from grader.values import Value


class State(StrEnum):
    """What became of one named value."""

    EXACT = "exact"  # the very numbers of the reference
    APPROXIMATE = "approximate"  # within the bound
    WRONG = "wrong"
    MISSING = "missing"


@dataclass(frozen=True)
class Judged:
    """One named value on one input. `error` is the largest there is; None where nothing could be compared."""

    state: State
    error: float | None = None
    finding: Finding | None = None


ORDER = (State.EXACT, State.APPROXIMATE, State.WRONG, State.MISSING)  # of several inputs the last one counts


def find(subject: Subject, case: Case, response: Response) -> Finding | None:
    """What is wrong with the first value that is, in the order of the table of points."""
    names = subject.question.entry.returns
    precision, tolerance = bounds(subject, case)
    if surely_right(response.value, case.expected, names=names, precision=precision, tolerance=tolerance):
        return None
    found = judged(subject, case, response)
    if isinstance(found, Finding):
        return found
    return next((one.finding for one in found.values() if one.finding is not None), None)


def scored(subject: Subject, examined: Examined) -> Examined:
    """The points of each value, and the finding of the first that is not right on all inputs."""
    if examined.finding is not None and examined.finding.outcome not in COMPARED:
        return examined
    table = [judged(subject, *pair) for pair in zip(examined.cases, examined.responses, strict=True)]
    rows = [row for row in table if not isinstance(row, Finding)]
    if len(rows) < len(table) or not rows:
        return examined  # no names to speak of on some input
    told = tuple(_told(subject, name, [row[name] for row in rows]) for name in subject.check.intermediates)
    points = sum(one["points"] for one in told)
    wrong = next((str(one["name"]) for one in told if one["state"] in (State.WRONG, State.MISSING)), "")
    if not wrong:
        return replace(examined, points=points, evidence=replace(examined.evidence, intermediates=told))
    findings = {i: row[wrong].finding for i, row in enumerate(rows)}
    finding = shown(subject, examined.cases, {i: one for i, one in findings.items() if one is not None})
    if finding is not None:
        finding = replace(finding, evidence=replace(finding.evidence, intermediates=told))
    return replace(examined, finding=finding, points=points, first_wrong=wrong)


COMPARED = (Outcome.STRUCTURE, Outcome.SHAPE, Outcome.DTYPE, Outcome.NOT_FINITE, Outcome.MISMATCH)


def named(subject: Subject, value: Value) -> Mapping[str, Value] | Finding:
    """The values of an answer under their names."""
    names = subject.question.entry.returns
    if len(names) > 1:
        parts = outputs(value, names)
        return parts if isinstance(parts, Finding) else dict(zip(names, parts, strict=True))
    if not isinstance(value, dict):
        return feedback.wrong_type(names[0], value, "a dict of named values")
    return value


def judged(subject: Subject, case: Case, response: Response) -> Mapping[str, Judged] | Finding:
    """Each named value on one input, or why there are none."""
    expected, got = _expected(subject, case), named(subject, response.value)
    if isinstance(got, Finding):
        return got
    precision, tolerance = bounds(subject, case)
    starts = _positions(subject, expected, precision)
    return {
        name: _one(name, got.get(name), expected[name], precision, tolerance, starts[name])
        for name in subject.check.intermediates
    }


def _expected(subject: Subject, case: Case) -> Mapping[str, Value]:
    expected = named(subject, case.expected)
    due = subject.check.intermediates
    if isinstance(expected, Finding) or set(expected) != set(due):
        where = f"{subject.exercise.slug}: reference.py: {subject.check.reference}"
        raise ReferenceError_(f"{where}: expected a dict with the keys {', '.join(due)}")
    return expected


def _positions(subject: Subject, expected: Mapping[str, Value], precision: Precision) -> dict[str, int]:
    """That of the first array of each value among all of the answer: dicts are walked in sorted order."""
    several = len(subject.question.entry.returns) > 1
    starts, position = {}, 0
    for name in expected if several else sorted(expected):
        starts[name] = position
        leaves = gate(expected[name], expected[name], names=(name,), precision=precision)
        position += 0 if isinstance(leaves, Finding) else len(leaves)
    return starts


def _one(
    name: str, got: Value, expected: Value, precision: Precision, tolerance: Tolerance, start: int
) -> Judged:
    if got is None:
        return Judged(State.MISSING, finding=feedback.missing_value(name))
    gated = gate(got, expected, names=(name,), precision=precision)
    if isinstance(gated, Finding):
        return Judged(State.WRONG, finding=gated)
    error = 0.0
    finding = None
    for leaf in gated:
        error = max(error, float(distance(leaf.got, leaf.expected).max(initial=0.0)))
        found = compare(replace(leaf, position=start + leaf.position), tolerance)
        finding = finding or (feedback.mismatch(found, of=name) if found is not None else None)
    if finding is not None:
        return Judged(State.WRONG, error, finding)
    return Judged(State.EXACT if error == 0 else State.APPROXIMATE, error)


def _told(subject: Subject, name: str, column: Sequence[Judged]) -> dict[str, Any]:
    """One row of the table, over all inputs."""
    state = max((one.state for one in column), key=ORDER.index)
    right = state in (State.EXACT, State.APPROXIMATE)
    errors = [one.error for one in column if one.error is not None]
    most = subject.check.intermediates[name]
    row = {"name": name, "state": str(state), "points": most if right else 0, "max_points": most}
    return row | ({"error": max(errors)} if errors and state is not State.MISSING else {})


def only(subject: Subject, response: Response, name: str) -> Response:
    """The response as if this one value were all of it."""
    values = named(subject, response.value)
    return response if isinstance(values, Finding) else replace(response, value=values.get(name))


def names_of(rows: Sequence[Mapping[str, Any]] | None) -> Iterator[str]:
    """Of the values that are not right, in order."""
    yield from (str(row["name"]) for row in rows or () if row["state"] in (State.WRONG, State.MISSING))
