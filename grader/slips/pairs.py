"""What came back beside what was due, as arrays of float64: the one form that every slip is read from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from grader.checks.method import Examined, Subject
from grader.exercise import CheckKind
from grader.program import Response
from grader.question import Case, History
from grader.tolerance import MAX_TERMS, Tolerance, tolerance_for
from grader.values import Tensor, Value
from grader.wording import count

RTOL = 1e-6  # a slip is a relation between numbers, not a matter of rounding
PATH = "the path"  # of an optimizer: its parameters at the start and after each step, a row each
Array = np.ndarray[Any, Any]
Arrays = tuple[Array, ...]


@dataclass(frozen=True)
class Pair:
    """One array of an output on one input."""

    case: Case
    got: Array
    expected: Array
    tolerance: Tolerance
    position: int | None  # of the array among all of the answer

    @cached_property
    def wrong(self) -> Array:
        """Which entries are out of bounds; all of them where the shape is another."""
        if self.got.shape != self.expected.shape:
            return np.ones(self.expected.shape, dtype=bool)
        same = (self.got == self.expected) | (np.isnan(self.got) & np.isnan(self.expected))
        error = np.where(same, 0.0, np.abs(self.got - self.expected))
        within: Array = error <= self.tolerance.bound(self.expected, error, self.position)
        return ~within  # NaN is within no bound

    @cached_property
    def failing(self) -> bool:
        """Whether anything is wrong."""
        return self.got.shape != self.expected.shape or bool(self.wrong.any())

    @cached_property
    def finite(self) -> bool:
        """Whether both are numbers throughout."""
        return bool(np.isfinite(self.got).all() and np.isfinite(self.expected).all())


@dataclass(frozen=True)
class Output:
    """One output, as it came out on all inputs."""

    name: str
    pairs: tuple[Pair, ...]
    inputs: int  # in all

    @cached_property
    def failing(self) -> tuple[Pair, ...]:
        """Where it is wrong."""
        return tuple(pair for pair in self.pairs if pair.failing)

    @property
    def evidence(self) -> str:
        """On how many inputs it is wrong, and what is said of it holds."""
        n = len({pair.case.index for pair in self.failing})
        if n == self.inputs:
            return f"on {n} of {n} inputs"
        return f"on {n} of {self.inputs} inputs, and right on the other {count(self.inputs - n, 'input')}"

    def against(self, other: Sequence[Array]) -> Output:
        """The same output with other arrays as those that are due."""
        pairs = zip(self.pairs, other, strict=True)
        return replace(self, pairs=tuple(replace(pair, expected=due) for pair, due in pairs))


def close(a: Array, b: Array) -> bool:
    """Equal but for rounding, on the scale of the largest number there is; infinities where they are due."""
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        return _close_but_for_infinities(*np.broadcast_arrays(a, b))
    bound = RTOL * (np.abs(b) + np.max(np.abs(b), initial=0.0))
    return bool(np.all(np.abs(a - b) <= bound))


def _close_but_for_infinities(a: Array, b: Array) -> bool:
    """Something has to be a number, and close: that all is NaN says nothing."""
    numbers = np.isfinite(a) & np.isfinite(b)
    elsewhere = np.array_equal(a[~numbers], b[~numbers], equal_nan=True)
    return bool(numbers.any()) and elsewhere and close(a[numbers], b[numbers])


def outputs(subject: Subject, examined: Examined) -> list[Output]:
    """Those of the submission."""
    return outputs_of(subject, examined.cases, examined.responses)


def outputs_of(subject: Subject, cases: Sequence[Case], responses: Sequence[Response]) -> list[Output]:
    """Those that are arrays of numbers, as many as are due, on every input."""
    found: dict[str, list[Pair]] = {}
    for case, response in zip(cases, responses, strict=True):
        got, expected = arrays(subject, case, response.value), arrays(subject, case, case.expected)
        tolerance, position = _tolerance(subject, case), 0
        for name, due in expected.items():
            have = got.get(name, ())
            for one, other in zip(have, due, strict=False):
                at = None if name == PATH else position
                found.setdefault(name, []).append(Pair(case, one, other, tolerance, at))
                position += 1
            if len(have) != len(due):
                found.setdefault(name, []).append(_MISSING)
                position += len(due)
    n = len(responses)
    whole = {name: pairs for name, pairs in found.items() if all(pair is not _MISSING for pair in pairs)}
    return [Output(name, tuple(pairs), n) for name, pairs in whole.items()]


_MISSING: Any = object()  # in the place of a pair: this output is not what it should be on some input


def arrays(subject: Subject, case: Case, value: Value) -> Mapping[str, Arrays]:
    """The arrays of each output of an answer; an output that is no array of numbers is left out."""
    kind, entry = subject.question.kind, subject.question.entry
    if kind is CheckKind.TRAJECTORY:
        return {} if (path := positions(case, value)) is None else {PATH: (path,)}
    parts = _items(value)
    named: dict[str, Sequence[Value]]
    if kind is CheckKind.PROGRAM and entry.engine is not None:
        split = len(parts) - len(_items(case.arguments["leaves"]))
        named = {entry.engine.data: parts[:split], entry.engine.grad: parts[split:]}
    elif len(entry.returns) > 1:
        matching = isinstance(value, tuple) and len(value) == len(entry.returns)
        named = {name: [one] for name, one in zip(entry.returns, parts, strict=False)} if matching else {}
    else:
        named = {(entry.returns or (entry.name,))[0]: [value]}
    found = {name: _arrays(part) for name, part in named.items()}
    return {name: part for name, part in found.items() if part is not None}


def _arrays(values: Sequence[Value]) -> Arrays | None:
    """All of them, or None if one is no array of numbers."""
    found = [_stacked(value) if isinstance(value, list | tuple) else _array(value) for value in values]
    known = tuple(array for array in found if array is not None)
    return known if len(known) == len(found) else None


def _stacked(values: Sequence[Value]) -> Array | None:
    """A list of numbers, or of arrays of equal shape, as one array."""
    found = [_array(value) for value in values]
    known = [array for array in found if array is not None]
    if not known or len(known) < len(found) or len({array.shape for array in known}) > 1:
        return None
    return np.stack(known)


def _array(value: Value) -> Array | None:
    if isinstance(value, Tensor):
        value = value.array
    if isinstance(value, float | np.ndarray | np.generic) and np.asarray(value).dtype.kind in "fiu":
        return np.asarray(value, dtype=np.float64)
    return None


def _items(value: Value) -> Sequence[Value]:
    return value if isinstance(value, list | tuple) else ()


def positions(case: Case, value: Value) -> Array | None:
    """The parameters at the start and after each step, a row each."""
    rows = []
    start = History.of(case).params
    for params in (start, *_items(value)):
        if not isinstance(params, list) or len(params) != len(start):
            return None
        found = [_array(one) for one in params]
        if any(one is None or one.shape != due.shape for one, due in zip(found, start, strict=True)):
            return None
        rows.append(np.concatenate([np.ravel(one) for one in found if one is not None] or [np.empty(0)]))
    return np.stack(rows)


def _tolerance(subject: Subject, case: Case) -> Tolerance:
    found = tolerance_for(case.floats, rule=subject.check.tolerance, magnitudes=case.magnitudes)
    # a program's bound grows with its operations, a path's moves round as its positions do
    several = subject.question.kind in (CheckKind.PROGRAM, CheckKind.TRAJECTORY)
    return replace(found, terms=MAX_TERMS) if several else found
