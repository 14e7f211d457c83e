"""What a factor equals: a number, or the length of an axis, a size or a scalar argument of the inputs."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from grader.question import Case
from grader.slips.pairs import RTOL
from grader.values import Value
from grader.wording import number

MAX_ROOT = 10_000  # the largest n of a √n that is named
PROGRAM = {"leaves", "nodes"}  # what an engine is put through: no names that a student has seen
Form = tuple[str, Callable[[float], float]]

LIKELY: tuple[Form, ...] = (
    ("{}", lambda q: q),
    ("1/{}", lambda q: 1 / q),
    ("√{}", math.sqrt),
    ("1/√{}", lambda q: 1 / math.sqrt(q)),
)
OTHERS: tuple[Form, ...] = (
    ("2·{}", lambda q: 2 * q),
    ("2/{}", lambda q: 2 / q),
    ("1/(2·{})", lambda q: 0.5 / q),
    ("{}²", lambda q: q * q),
    ("1/{}²", lambda q: 1 / (q * q)),
    ("(1 − {})", lambda q: 1 - q),
    ("1/(1 − {})", lambda q: 1 / (1 - q)),
    ("({0} − 1)/{0}", lambda q: (q - 1) / q),
    ("{0}/({0} − 1)", lambda q: q / (q - 1)),
)


def quantity(cases: Sequence[Case], factors: Sequence[float]) -> str | None:
    """In words what the factor is on every one of these inputs: "0.5 times", "1/x.shape[0] of"; or None."""
    if is_constant(factors):
        return f"{_root(factors[0]) or number(factors[0], 4)} times"
    for sign in (1, -1):
        name = next(_names(cases, sign * np.asarray(factors), (*LIKELY, *OTHERS)), None)
        if name is not None:
            text = name if sign == 1 else f"−{name}"
            return f"{text} {'of' if name.startswith('1/') else 'times'}"
    return None


def equals(cases: Sequence[Case], factor: float) -> list[str]:
    """What a constant factor happens to be on all of these inputs, at most two."""
    found = _names(cases, np.full(len(cases), abs(factor)), LIKELY)
    return [name for name, _ in zip(found, range(2), strict=False)]


def is_constant(factors: Sequence[float]) -> bool:
    """Whether it is one number."""
    return bool(np.allclose(factors, factors[0], rtol=RTOL, atol=0))


def _names(cases: Sequence[Case], factors: Any, forms: Sequence[Form]) -> Iterator[str]:
    measured = [_measures(case) for case in cases]
    for form, function in forms:
        for name in measured[0]:
            values = [_applied(function, measures.get(name, math.nan)) for measures in measured]
            if np.allclose(factors, values, rtol=RTOL, atol=0):
                yield form.format(name)


def _applied(function: Callable[[float], float], value: float) -> float:
    try:
        return function(value)
    except (ValueError, ZeroDivisionError, OverflowError):
        return math.nan


def _root(factor: float) -> str:
    """√n with its number; empty where it is none."""
    square = factor * factor
    for text, n in (("√{}", square), ("1/√{}", 1 / square)):
        whole = round(n) if n < MAX_ROOT else 0
        if whole > 1 and math.isclose(n, whole, rel_tol=2 * RTOL) and math.isqrt(whole) ** 2 != whole:
            sign = "−" if factor < 0 else ""
            return f"{sign}{text.format(whole)}, which is {number(factor, 4)},"
    return ""


def _measures(case: Case) -> dict[str, float]:
    """Axis lengths, sizes and values of the arguments, by name; those of an optimizer's options by theirs."""
    measures: dict[str, float] = {}
    given = dict(case.arguments)
    if given.keys() >= PROGRAM:
        return measures
    options: Any = given.pop("options", {})
    for name, value in {**given, **(options if isinstance(options, dict) else {})}.items():
        measures.update(_of(name, value))
    return measures


def _of(name: str, value: Value) -> Iterator[tuple[str, float]]:
    array = getattr(value, "array", value)
    if isinstance(array, np.ndarray) and array.ndim:
        yield f"{name}.size", float(array.size)
        yield from ((f"{name}.shape[{axis}]", float(n)) for axis, n in enumerate(array.shape))
        if array.ndim > 2 and array.shape[-1]:
            yield f"({name}.size/{name}.shape[-1])", array.size / array.shape[-1]
    elif isinstance(value, tuple | list):
        yield f"len({name})", float(len(value))
        for i, one in enumerate(value[:4]):
            if isinstance(one, int | float) and not isinstance(one, bool):
                yield f"{name}[{i}]", float(one)
    elif isinstance(value, int | float | np.number) and not isinstance(value, bool):
        yield name, float(value.real)
