"""Numbers against numbers, once the gates of `structure` are passed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.tolerance import Tolerance

Array = np.ndarray[Any, Any]
MAP_SIDE = 12
BLOCK = 1 << 15  # elements; larger arrays are first looked at in blocks that fit into the cache


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
    small = leaf.got.size <= BLOCK
    if _near(leaf.got, leaf.expected, tolerance) if small else _plainly_within(leaf, tolerance):
        return None
    got, expected = _wide(leaf.got), _wide(leaf.expected)
    error = distance(got, expected)
    bound = tolerance.bound(expected, error, leaf.position)
    # `not (error <= bound)`: NaN compares false, so that it can never pass
    outside = ~(error <= bound)
    if not outside.any():
        return None
    return _worst(leaf, got, expected, error, bound, outside)


def _near(got: Array, expected: Array, tolerance: Tolerance) -> bool:
    """Whether a few float64 numbers are all in bounds at a first look; a no says nothing."""
    if got.dtype != np.float64 or expected.dtype != np.float64 or not got.size:
        return False
    with np.errstate(all="ignore"):
        error = np.abs(got - expected)
    # `<=` and `<`: NaN is within no bound, and the error beside an infinity is one, or NaN
    if tolerance.by_element:
        return bool((error <= tolerance.bound(expected, error)).all() and np.isfinite(error).all())
    worst = float(error.max())
    return worst <= tolerance.unit * float(np.abs(expected).max()) and worst < np.inf


def surely_right(got: Any, expected: Any, tolerance: Tolerance) -> bool:
    """Whether lists of lists of float64 arrays are as they should be, column by column at one glance.

    For the many arrays of a path, of which looking at each by itself takes long. False where anything is out
    of the ordinary: then each is to be looked at by itself.
    """
    rows = [(*one, *due) for one, due in zip(got, expected, strict=True)] if _table(got, expected) else []
    width = len(expected[0]) if rows else 0
    columns = list(zip(*rows, strict=True))
    return bool(rows) and all(_surely_near(columns[j], columns[width + j], tolerance) for j in range(width))


def _table(got: Any, expected: Any) -> bool:
    """Whether both are lists of as many lists, all of the same length."""
    if type(got) is not list or type(expected) is not list or len(got) != len(expected) or not expected:
        return False
    lengths = {len(row) if type(row) is list else -1 for row in (*got, *expected)}
    return len(lengths) == 1 and -1 not in lengths


def _surely_near(got: tuple[Any, ...], expected: tuple[Any, ...], tolerance: Tolerance) -> bool:
    kinds = {(type(one), getattr(one, "dtype", None), getattr(one, "shape", None)) for one in got + expected}
    if len(kinds) != 1 or type(got[0]) is not np.ndarray or got[0].dtype != np.float64 or not got[0].size:
        return False
    due = np.stack(expected).reshape(len(expected), -1)
    with np.errstate(invalid="ignore"):
        error = np.abs(np.stack(got).reshape(due.shape) - due)
    # NaN compares false, and the error beside an infinity that is expected is one, or NaN
    return bool(np.all(error <= tolerance.least(due)) and np.isfinite(error).all())


def _plainly_within(leaf: Leaf, tolerance: Tolerance) -> bool:
    """Whether all is well at a first look, block by block: ten arrays as large as the answer cost more than
    the comparison. Where this says no, nothing is said.
    """
    blocks = [_blocks(leaf.got), _blocks(leaf.expected)]
    worst = largest = 0.0
    for one, other in zip(*blocks, strict=True):
        got, expected = _wide(one), _wide(other)
        error = distance(got, expected)
        if tolerance.by_element:
            if not (error <= tolerance.bound(expected, error)).all():
                return False
            continue
        # `not (… <= …)`: NaN is within no bound, and must not be lost in a maximum
        if not float(np.max(error)) <= np.inf:
            return False
        worst = max(worst, float(np.max(error)))
        largest = max(largest, float(np.max(np.abs(expected), where=np.isfinite(expected), initial=0.0)))
    return tolerance.by_element or worst <= tolerance.unit * largest


def _blocks(array: Array) -> Iterator[Array]:
    flat = array.reshape(-1)
    return (flat[i : i + BLOCK] for i in range(0, flat.size, BLOCK))


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
