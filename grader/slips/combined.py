"""A known mistake in some outputs, as it is or with a slip on top of it.

A stored wrong solution is told only if all that is wrong with it is found in the submission: its other
outputs are right, and may be wrong in the submission for reasons of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from grader.checks.method import Subject
from grader.exercise import Solution
from grader.program import Response
from grader.question import Case
from grader.slips.pairs import PATH, Array, Output, arrays, close, outputs_of
from grader.slips.paths import turned
from grader.slips.relations import twisted
from grader.slips.sentences import Slip


@dataclass(frozen=True)
class Twin:
    """A stored wrong solution with what it answered to all inputs."""

    solution: Solution
    responses: tuple[Response, ...]


@dataclass(frozen=True)
class Link:
    """How an output of the submission is that of a stored solution."""

    solution: Solution
    twist: Slip | None  # on top of its mistake


@np.errstate(all="ignore")
def related(subject: Subject, case: Case, mine: Response, theirs: Response) -> bool:
    """Whether any output of two answers to one input is alike or has the same ratio throughout."""
    got, stored = arrays(subject, case, mine.value), arrays(subject, case, theirs.value)
    return any(
        len(got[name]) == len(stored[name]) and all(map(_resembles, got[name], stored[name]))
        for name in got
        if name in stored
    )


def _resembles(a: Array, b: Array) -> bool:
    if a.shape != b.shape:
        return sorted(a.shape) == sorted(b.shape)
    if close(a, b) or (a.ndim > 1 and len(set(a.shape)) < a.ndim):  # a square one may be transposed
        return True
    first, other = (np.diff(one, axis=0) for one in (a, b)) if a.ndim > 1 else (a, b)
    return _proportional(a, b) or _proportional(first, other)


def _proportional(a: Array, b: Array) -> bool:
    square = float(np.vdot(b, b))
    return square > 0 and close(a, float(np.vdot(b, a)) / square * b)


def links(
    subject: Subject, cases: Sequence[Case], found: Sequence[Output], twins: Sequence[Twin]
) -> Mapping[str, list[Link]]:
    """For each output that is wrong, the stored solutions that explain it, those without a twist first."""
    explained: dict[str, list[Link]] = {}
    for twin in twins:
        for name, twist in _linked(subject, cases, found, twin):
            explained.setdefault(name, []).append(Link(twin.solution, twist))
    return {name: sorted(known, key=lambda one: one.twist is not None) for name, known in explained.items()}


def _linked(
    subject: Subject, cases: Sequence[Case], found: Sequence[Output], twin: Twin
) -> list[tuple[str, Slip | None]]:
    """Every output that is wrong there, and how it is the submission's; none if one of them is not."""
    stored = {one.name: one for one in outputs_of(subject, cases, twin.responses)}
    linked = []
    for output in found:
        other = stored.get(output.name)
        if other is None or len(other.pairs) != len(output.pairs):
            return []
        if other.failing:
            against = output.against([pair.got for pair in other.pairs])
            same = all(
                pair.got.shape == pair.expected.shape and close(pair.got, pair.expected)
                for pair in against.pairs
            )
            twist = None if same else _twist(against)
            if not same and twist is None:
                return []
            linked.append((output.name, twist))
    return linked


def _twist(against: Output) -> Slip | None:
    """What holds between the two on every input on which the stored answer is not zero."""
    if any(np.any(pair.expected) and not pair.failing for pair in against.pairs):
        return None
    return turned(against) if against.name == PATH else twisted(against)
