"""formula: typed mathematics, compared by value at the points that the author's `cases` draws.

The expected value is the derivative of the author's forward by autograd, or the value of the author's
function. How a formula is written is never looked at: whatever has the right values is right.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from grader import feedback
from grader.checks.method import Examined, Method, Subject, examine_cases
from grader.compare import Leaf, compare
from grader.errors import ReferenceError_
from grader.finding import Finding
from grader.program import Loaded, Response, Typed
from grader.question import Case
from grader.tolerance import tolerance_for
from grader.wording import number


def respond(subject: Subject, loaded: Loaded, case: Case) -> Response:
    """The formula's value at the point."""
    if not isinstance(loaded, Typed):
        raise TypeError("a check of formulas needs formulas")
    formula, point = loaded.formula(subject.question.entry), _point(subject, case)
    value = formula(point)
    return Response(value=value, piece="" if np.isfinite(value) else formula.broken_at(point))


def begin(subject: Subject, loaded: Loaded, case: Case) -> Callable[[], Response]:
    """The same; the judge itself evaluates formulas, so that there is nothing to wait for."""
    return partial(respond, subject, loaded, case)


def find(subject: Subject, case: Case, response: Response) -> Finding | None:
    """No value where there is one, or another value."""
    name = subject.question.entry.name
    at = ", ".join(f"{name} = {number(value)}" for name, value in _point(subject, case).items())
    got, expected = np.asarray(response.value), np.asarray(case.expected)
    if not np.isfinite(got) and np.isfinite(expected):
        return feedback.undefined_formula(name, at, response.piece, float(got), float(expected))
    rule = subject.check.tolerance
    tolerance = tolerance_for(case.floats, rule=rule, magnitudes=case.magnitudes)
    difference = compare(Leaf(name, got, expected, 0), tolerance)
    return None if difference is None else feedback.wrong_formula(difference, at)


def _point(subject: Subject, case: Case) -> dict[str, float]:
    """The author's values of the variables."""
    values: dict[str, float] = {}
    for name in subject.question.entry.parameters:
        value = case.arguments.get(name)
        if not isinstance(value, int | float | np.floating) or not np.isfinite(value):
            raise ReferenceError_(f"reference.py: cases: expected a finite number for {name}")
        values[name] = float(value)
    return values


def examine(subject: Subject, loaded: Loaded) -> Examined:
    """Every point of the group."""
    return examine_cases(subject, loaded, begin=begin, find=find)


METHOD = Method(respond=respond, find=find, examine=examine)
