"""How far a right answer may lie from the expected one, and why.

    bound = c · eps(dtype) · √K · scale

eps belongs to the coarsest floating-point input, K is the number of terms that may have been added, and
scale their magnitude. A sum of K terms in any order errs by about √K · eps times the largest partial sum, so
c = 16 leaves room for formulas of many operations; float16, whose eps is 8192 times that of float32, stays
outside for every K up to `MAX_TERMS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import sqrt
from typing import Any

import numpy as np

from grader.exercise import CheckKind, ToleranceRule
from grader.values import Tensor, Value

FACTOR = 16.0  # c
MIN_TERMS, MAX_TERMS = 16, 4096  # K is at least and at most this
RULES = {  # of kinds of check that the derived bound does not suit, unless the author gives another
    # 1024 · eps · √16 is 9·10⁻¹³ of the value: a formula can be written in many ways, and a difference of
    # terms a hundred times the result costs two digits. A difference quotient, off by 10⁻¹¹, stays outside.
    CheckKind.FORMULA: ToleranceRule(reason="Equal formulas round differently.", factor=1024.0),
    # the numbers that a property finds in an answer, compared with what it finds in a stored solution's
    CheckKind.PROPERTY: ToleranceRule(reason="Residuals may be rounding alone.", rtol=1e-6, atol=1e-9),
}
PLAIN = frozenset((float, int, bool, str, type(None)))
LAZY = 1e8  # errors beyond this many bounds are wrong whatever the magnitude of the terms

Array = np.ndarray[Any, Any]
Magnitudes = Callable[[], tuple[float, ...]]


@dataclass(frozen=True, kw_only=True)
class Tolerance:
    """The bound for one input. `magnitudes` is asked only where the result alone is too small a scale."""

    eps: float
    terms: int  # K
    rule: ToleranceRule | None = None
    magnitudes: Magnitudes = tuple  # of the terms added, one for each array of the answer

    def bound(self, expected: Array, error: Array, position: int | None = None) -> Array:
        """The bound for every element; `position` is that of the array among all of the answer, if it has
        one.
        """
        # an infinity that is expected must be met exactly, and must not make room for anything
        expected = np.where(np.isfinite(expected), expected, 0.0)
        if self.rule is not None and self.rule.rtol is not None:
            return (self.rule.atol or 0.0) + self.rule.rtol * np.abs(expected)
        unit = self.unit
        bound = unit * _largest(expected)
        worst = _largest(error)
        if worst <= bound or not worst <= LAZY * max(bound, unit):
            return np.full(expected.shape, bound)
        return np.full(expected.shape, max(bound, unit * self._magnitude(position)))

    def least(self, size: Any) -> Any:
        """What `bound` is at least where numbers of that size are expected: of the element, if `by_element`,
        and else the largest of its array.
        """
        if self.rule is not None and self.rule.rtol is not None:
            return (self.rule.atol or 0.0) + self.rule.rtol * size
        return self.unit * size

    @property
    def by_element(self) -> bool:
        """Whether the bound of an element depends on nothing but its expected value."""
        return self.rule is not None and self.rule.rtol is not None

    @property
    def unit(self) -> float:
        """c · eps · √K."""
        factor = self.rule.factor if self.rule is not None and self.rule.factor is not None else FACTOR
        return factor * self.eps * sqrt(min(max(self.terms, MIN_TERMS), MAX_TERMS))

    def _magnitude(self, position: int | None) -> float:
        magnitudes = () if position is None else self.magnitudes()
        return magnitudes[position] if position is not None and position < len(magnitudes) else 0.0


def tolerance_for(
    arguments: Value, *, rule: ToleranceRule | None = None, magnitudes: Magnitudes = tuple
) -> Tolerance:
    """The tolerance for these inputs."""
    arrays = float_arrays(arguments)
    coarsest = max((_eps(array.dtype) for array in arrays), default=_eps(np.dtype(np.float64)))
    terms = max((array.size for array in arrays), default=1)
    return Tolerance(eps=coarsest, terms=terms, rule=rule, magnitudes=magnitudes)


@cache
def _eps(dtype: np.dtype[Any]) -> float:
    return float(np.finfo(dtype).eps)


def float_arrays(value: Value) -> list[Array]:
    """Every floating-point array in a value, from the first to the last."""
    found: list[Array] = []
    _gather(value, found)
    return found


def _gather(value: Any, found: list[Array]) -> None:
    kind = type(value)
    if kind in PLAIN:
        return
    if kind is np.ndarray:
        if value.dtype.kind in "fc":
            found.append(value)
    elif kind is list or kind is tuple:
        for one in value:
            _gather(one, found)
    elif kind is dict:
        for one in value.values():
            _gather(one, found)
    elif kind is Tensor:
        _gather(value.array, found)
    elif isinstance(value, np.generic):
        _gather(np.asarray(value), found)


def _largest(array: Array) -> float:
    """max |array|; 0 for an empty one."""
    return float(np.max(np.abs(array))) if array.size else 0.0
