"""One glance at a whole answer: is it surely right?

Most answers are, and to pass the gates and to be compared array by array takes each of them longer than
everything else that the judge does. Where this says no it says nothing: then `structure` and `compare` look.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import numpy as np

from grader.structure import Precision
from grader.tolerance import Tolerance
from grader.values import Tensor, Value

Array = np.ndarray[Any, Any]
BLOCK = 1 << 15  # elements; larger answers are looked at in blocks that fit into the cache
DOUBLE = np.dtype(np.float64)
REAL = (DOUBLE, np.dtype(np.float32))  # what is expected is compared in float64 either way
NUMBERS = (float, np.float64)
EQUAL = (bool, int, str, type(None))  # what is right only if it is the same


def surely_right(
    got: Value, expected: Value, *, names: Sequence[str], precision: Precision, tolerance: Tolerance
) -> bool:
    """Whether all gates let the answer pass, and all its numbers lie within the least bounds they can have.

    One name stands for the value itself, several for the elements of a tuple.
    """
    if len(names) > 1 and (type(got) is not tuple or len(got) != len(names)):
        return False
    glance = _Glance(precision, tolerance)
    return glance.alike(got, expected) and glance.near()


class _Glance:
    def __init__(self, precision: Precision, tolerance: Tolerance) -> None:
        self.precision, self.tolerance = precision, tolerance
        self.got: list[Array] = []  # arrays of one shape and an allowed dtype, flat, that are still to be
        self.due: list[Array] = []  # compared with these

    def alike(self, got: Any, expected: Any) -> bool:
        """Whether all but the numbers of arrays is as it should be."""
        kind = type(expected)
        if type(got) in NUMBERS:
            return _is_number(expected) and self.close(float(got), float(expected))
        if type(got) is not kind:
            return False
        if kind is np.ndarray:
            return self.take(got, expected)
        if kind is list or kind is tuple:
            return len(got) == len(expected) and all(map(self.alike, got, expected))
        if kind is dict:
            return got.keys() == expected.keys() and all(self.alike(got[key], expected[key]) for key in got)
        if kind is Tensor:
            return self.take(got.array, expected.array)
        return kind in EQUAL and bool(got == expected)

    def close(self, got: float, expected: float) -> bool:
        """One number."""
        error = abs(got - expected)
        # NaN compares false, and the error beside an infinity is one, or NaN
        return error <= self.tolerance.least(abs(expected)) and error < np.inf

    def take(self, got: Array, expected: Array) -> bool:
        """Keep two arrays for `near`, if they may be compared."""
        known = got.dtype == DOUBLE or got.dtype in self.precision.dtypes
        if not known or expected.dtype not in REAL or got.shape != expected.shape:
            return False
        if got.size:
            self.got.append(got.reshape(-1))
            self.due.append(expected.reshape(-1))
        return True

    def near(self) -> bool:
        """Whether the numbers of all arrays are within their bounds."""
        if not self.got:
            return True
        if len(self.got) == 1 or sum(map(len, self.got)) > BLOCK:
            return all(map(self.near_in_blocks, self.got, self.due))
        due = np.concatenate(self.due, dtype=DOUBLE)
        with np.errstate(all="ignore"):
            error = np.abs(np.concatenate(self.got) - due)
        if self.tolerance.by_element:
            return bool((error <= self.tolerance.least(np.abs(due))).all() and error.max() < np.inf)
        starts = list(accumulate(map(len, self.due[:-1]), initial=0))
        worst, largest = (np.maximum.reduceat(one, starts) for one in (error, np.abs(due)))
        # `<=` and `<`: NaN is within no bound, and is not lost in a maximum
        return bool((worst <= self.tolerance.least(largest)).all() and worst.max() < np.inf)

    def near_in_blocks(self, got: Array, due: Array) -> bool:
        """The same for one array: where it is large, others of its size cost more than the comparison."""
        worst = largest = 0.0
        for start in range(0, len(due), BLOCK):
            expected = due[start : start + BLOCK].astype(DOUBLE, copy=False)
            with np.errstate(all="ignore"):
                error = np.abs(got[start : start + BLOCK] - expected)
            most, size = error.max(), np.abs(expected)
            if not most < np.inf:
                return False
            if self.tolerance.by_element and not (error <= self.tolerance.least(size)).all():
                return False
            worst, largest = max(worst, float(most)), max(largest, float(size.max()))
        return self.tolerance.by_element or worst <= self.tolerance.least(largest)


def _is_number(value: Any) -> bool:
    """A float, or an array that is one."""
    return type(value) in NUMBERS or (type(value) is np.ndarray and not value.ndim and value.dtype == DOUBLE)
