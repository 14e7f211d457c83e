"""Numbers against numbers, once the gates of `structure` are passed, and one `glance` was not enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.tolerance import Tolerance

Array = np.ndarray[Any, Any]
MAP_SIDE = 12


@dataclass(frozen=True)
class Leaf:
    """An array of the answer beside the expected one: equal shape, both finite (or equal where not)."""

    name: str
    got: Array
    expected: Array
    position: int  # among all arrays of the answer


@dataclass(frozen=True, kw_only=True)
class Difference:
    """The worst element of a leaf that is out of bounds."""

    name: str  # "dx[1, 3]"
    leaf: Leaf
    got: float | complex
    expected: float | complex
    error: float
    bound: float
    error_map: Mapping[str, Any] | None


def compare(leaf: Leaf, tolerance: Tolerance) -> Difference | None:
    """The worst difference, or None where every element lies within its bound."""
    got, expected = _wide(leaf.got), _wide(leaf.expected)
    error = distance(got, expected)
    bound = tolerance.bound(expected, error, leaf.position)
    # `not (error <= bound)`: NaN compares false, so that it can never pass
    outside = ~(error <= bound)
    if not outside.any():
        return None
    return _worst(leaf, got, expected, error, bound, outside)


def distance(got: Array, expected: Array) -> Array:
    """|got − expected|, 0 where both are the same infinity."""
    with np.errstate(all="ignore"):
        return np.where(got == expected, 0.0, np.abs(got - expected))


def element_name(name: str, index: tuple[int, ...]) -> str:
    """dx[1, 3]; the bare name for a number without axes."""
    return f"{name}[{', '.join(map(str, index))}]" if index else name


def _wide(array: Array) -> Array:
    return array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)


def _worst(leaf: Leaf, got: Array, expected: Array, error: Array, bound: Array, outside: Array) -> Difference:
    with np.errstate(all="ignore"):
        excess = np.where(outside, np.where(bound > 0, error / bound, error), -1.0)
    excess = np.where(np.isnan(excess), np.inf, excess)
    index = tuple(int(i) for i in np.unravel_index(int(np.argmax(excess)), error.shape))
    return Difference(
        name=element_name(leaf.name, index),
        leaf=leaf,
        got=got[index].item(),
        expected=expected[index].item(),
        error=float(error[index]),
        bound=float(bound[index]),
        error_map=error_map(leaf.name, got, expected, index),
    )


def error_map(name: str, got: Array, expected: Array, worst: tuple[int, ...]) -> Mapping[str, Any] | None:
    """Signed errors of the last two axes, at most 12 × 12 of them around the worst."""
    if got.ndim == 0 or got.size < 2 or got.dtype.kind == "c":
        return None
    leading = worst[:-2]
    with np.errstate(all="ignore"):  # NaN and infinities are drawn too
        errors = np.atleast_2d((got - expected)[leading])
    rows, columns = errors.shape
    row, column = (0, worst[-1]) if got.ndim == 1 else worst[-2:]
    top, left = _window(row, rows), _window(column, columns)
    shown = errors[top : top + MAP_SIDE, left : left + MAP_SIDE]
    return {
        "value": element_name(name, leading) if leading else name,
        "rows": rows,
        "columns": columns,
        "row": top,
        "column": left,
        "worst": [row, column],
        "errors": shown.tolist(),
    }


def _window(at: int, size: int) -> int:
    """Where twelve of `size` start so that `at` is among them."""
    return min(max(0, at - MAP_SIDE // 2), max(0, size - MAP_SIDE))
