"""Slips of a whole output: a relation between all of its numbers and those that are due."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, permutations

import numpy as np

from grader.slips import sentences
from grader.slips.pairs import RTOL, Array, Output, Pair, close
from grader.slips.quantities import equals, is_constant, quantity
from grader.slips.sentences import Slip
from grader.tolerance import float_arrays

ENOUGH = 3  # numbers that it takes to tell a factor or an offset from chance
MAX_AXES = 5  # of an array whose axes are summed or permuted
ALMOST = 1e-4  # relative error of an answer that somebody could take for the right one
ROUNDINGS = 8  # of a coarser dtype, by which an answer in it may be off
COARSER = (("float16", np.float16), ("float32", np.float32))
Axes = tuple[int, ...]


def relation(output: Output) -> Slip | None:
    """The first that holds on every failing input."""
    if not output.failing or not all(pair.finite for pair in output.failing):
        return None
    if not any(np.any(pair.got) or np.any(pair.expected) for pair in output.failing):
        return None  # of zeros anything is true
    return next((slip for one in RELATIONS if (slip := one(output)) is not None), None)


def twisted(output: Output) -> Slip | None:
    """A sign, a transpose or a factor: what is looked for in a known mistake as well."""
    if not output.failing or not all(pair.finite for pair in output.failing):
        return None
    return scaled(output) or transposed(output)


def zeros(output: Output) -> Slip | None:
    """Nothing but zeros."""
    due = [pair for pair in output.pairs if np.any(pair.expected)]
    if not due or any(np.any(pair.got) for pair in output.pairs):
        return None
    return sentences.all_zeros(output.name)


def an_input(output: Output) -> Slip | None:
    """An argument, returned as it came."""
    for name in output.failing[0].case.arguments:
        if all(_is_argument(pair, name) for pair in output.failing):
            return sentences.an_input(output.name, name)
    return None


def _is_argument(pair: Pair, name: str) -> bool:
    value = pair.case.arguments.get(name)
    value = getattr(value, "array", value)
    if not isinstance(value, np.ndarray | float) or np.shape(value) != pair.got.shape:
        return False
    return np.asarray(value).dtype.kind == "f" and bool(np.any(value)) and np.array_equal(pair.got, value)


def scaled(output: Output) -> Slip | None:
    """A factor of −1, one number, or one that has a name."""
    factors = factors_of(output)
    if factors is None:
        return None
    cases = [pair.case for pair in output.failing if np.any(pair.expected)]
    if np.allclose(factors, -1.0, rtol=RTOL):
        return sentences.wrong_sign(output.name)
    text = quantity(cases, factors)
    if text is None:
        return None
    return sentences.factor(output.name, text, equals(cases, factors[0]) if is_constant(factors) else [])


def factors_of(output: Output) -> list[float] | None:
    """The k of got = k · expected of every array that is not zero, if there are enough numbers to tell."""
    due = [pair for pair in output.failing if np.any(pair.expected) or np.any(pair.got)]
    factors = [_ratio(pair) for pair in due]
    known = [factor for factor in factors if factor is not None]
    told = sum(int(np.count_nonzero(pair.expected)) for pair in due)
    return known if known and len(known) == len(factors) and told >= ENOUGH else None


def _ratio(pair: Pair) -> float | None:
    """k with got = k · expected, if there is one."""
    if pair.got.shape != pair.expected.shape or not np.any(pair.expected):
        return None
    k = float(np.vdot(pair.expected, pair.got) / np.vdot(pair.expected, pair.expected))
    return k if k != 0 and np.isfinite(k) and close(pair.got, k * pair.expected) else None


def transposed(output: Output) -> Slip | None:
    """Another order of the axes, the same one on every input."""
    ndim = output.failing[0].got.ndim
    if not 2 <= ndim <= MAX_AXES or any(pair.got.ndim != ndim for pair in output.failing):
        return None
    for axes in permutations(range(ndim)):
        if axes != tuple(range(ndim)) and all(
            _is_due(pair.got.transpose(axes), pair) for pair in output.failing
        ):
            return sentences.transposed(output.name, axes)
    return None


def _is_due(array: Array, pair: Pair) -> bool:
    return array.shape == pair.expected.shape and close(array, pair.expected)


def another_shape(output: Output) -> Slip | None:
    """The same numbers in the same order."""
    if not all(
        pair.got.shape != pair.expected.shape
        and pair.got.size == pair.expected.size
        and close(pair.got.ravel(), pair.expected.ravel())
        for pair in output.failing
    ):
        return None
    return sentences.another_shape(output.name)


def missing_sum(output: Output) -> Slip | None:
    """Not yet summed over axes that are not in the answer that is due."""
    return _summed(output.failing, lambda pair: (pair.got, pair.expected), output.name, sentences.missing_sum)


def summed_too_far(output: Output) -> Slip | None:
    """Summed over axes that are."""
    axes = _common([_axes_between(pair.expected, pair.got) for pair in output.failing])
    return sentences.summed_too_far(output.name, axes) if axes else None


def _summed(
    pairs: Sequence[Pair],
    ends: Callable[[Pair], tuple[Array, Array]],
    name: str,
    said: Callable[[str, Axes | None], Slip],
) -> Slip | None:
    found = [_axes_between(*ends(pair)) for pair in pairs]
    if not all(found):
        return None
    return said(name, _common(found))


def _common(found: Sequence[Sequence[Axes]]) -> Axes | None:
    """The axes that serve on every input."""
    return next((axes for axes in found[0] if all(axes in others for others in found)), None)


def _axes_between(long: Array, short: Array) -> list[Axes]:
    """Over which axes `long` has to be summed to make `short`, which has another shape."""
    if long.shape == short.shape or not 1 <= long.ndim <= MAX_AXES or long.size < short.size:
        return []
    found = []
    for n in range(1, long.ndim + 1):
        for axes in combinations(range(long.ndim), n):
            if any(long.shape[axis] > 1 for axis in axes) and _sums_to(long, axes, short):
                found.append(axes)
    return found


def _sums_to(long: Array, axes: Axes, short: Array) -> bool:
    lengths = [1 if axis in axes else n for axis, n in enumerate(long.shape)]
    kept = tuple(n for axis, n in enumerate(long.shape) if axis not in axes)
    if short.shape not in (tuple(lengths), kept):
        return False
    return close(long.sum(axis=axes).reshape(short.shape), short)


def one_slice(output: Output) -> Slip | None:
    """The first or the last slice of an argument whose sum is due."""
    first = output.failing[0]
    for name, value in first.case.arguments.items():
        given = list(float_arrays(value))
        for axis in range(min(given[0].ndim if len(given) == 1 else 0, MAX_AXES)):
            for i in (0, -1):
                if all(_is_slice(pair, name, axis, i) for pair in output.failing):
                    place = f"[{':, ' * axis}{i}]".replace("-", "−")
                    return sentences.one_slice(output.name, name, place)
    return None


def _is_slice(pair: Pair, name: str, axis: int, i: int) -> bool:
    arrays = list(float_arrays(pair.case.arguments.get(name)))
    if len(arrays) != 1 or arrays[0].ndim <= axis or arrays[0].shape[axis] < 2:
        return False
    array = arrays[0]
    one, total = array.take(i, axis=axis), array.sum(axis=axis)
    if one.size != pair.got.size or pair.got.shape != pair.expected.shape or not np.any(one):
        return False
    return close(pair.got.ravel(), one.ravel()) and close(total.ravel(), pair.expected.ravel())


def shifted(output: Output) -> Slip | None:
    """A step behind or ahead along an axis, or one entry too few or too many."""
    for axis in range(min(min(pair.got.ndim for pair in output.failing), MAX_AXES)):
        for what, difference, got, expected in SHIFTS:
            if all(_is_shift(pair, axis, difference, got, expected) for pair in output.failing):
                along = f" along axis {axis}" if output.failing[0].got.ndim > 1 else ""
                return sentences.shifted(output.name, what, along)
    return None


HEAD, TAIL, WHOLE = slice(None, -1), slice(1, None), slice(None)
SHIFTS = (  # how much longer it is than what is due, and which parts of both are the same
    ("leaves out the first entry", -1, WHOLE, TAIL),
    ("leaves out the last entry", -1, WHOLE, HEAD),
    ("has one entry too many, at the start", 1, TAIL, WHOLE),
    ("has one entry too many, at the end", 1, HEAD, WHOLE),
    ("comes one entry too late", 0, TAIL, HEAD),
    ("comes one entry too early", 0, HEAD, TAIL),
)


def _is_shift(pair: Pair, axis: int, difference: int, got: slice, expected: slice) -> bool:
    a, b = pair.got, pair.expected
    if a.ndim != b.ndim or a.ndim <= axis or a.shape[axis] != b.shape[axis] + difference:
        return False
    index = (slice(None),) * axis
    a, b = a[(*index, got)], b[(*index, expected)]
    if a.shape != b.shape or b.shape[axis] < 2 or not np.any(np.diff(b, axis=axis)):
        return False
    return close(a, b)


def offset(output: Output) -> Slip | None:
    """One number too much in every entry of every input."""
    if any(pair.got.shape != pair.expected.shape for pair in output.failing):
        return None
    by = np.concatenate([(pair.got - pair.expected).ravel() for pair in output.failing])
    scale = max(float(np.max(np.abs(pair.expected), initial=0.0)) for pair in output.failing)
    if by.size < ENOUGH or abs(by[0]) <= ALMOST * scale or np.max(np.abs(by - by[0])) > RTOL * abs(by[0]):
        return None
    return sentences.offset(output.name, float(by[0]))


RELATIONS: tuple[Callable[[Output], Slip | None], ...] = (
    zeros,
    scaled,
    transposed,
    another_shape,
    missing_sum,
    one_slice,
    summed_too_far,
    an_input,
    shifted,
    offset,
)


def precision(output: Output, *, of_formula: bool) -> Slip | None:
    """Right to some digits on every input."""
    apart = max(_relative_errors(output), default=np.inf)
    if not 0 < apart < 1:
        return None
    digits = int(-np.log10(apart))
    for dtype, coarse in COARSER:
        eps = float(np.finfo(coarse).eps)
        if (
            _eps(output) < eps
            and apart <= ROUNDINGS * eps
            and all(_is_of(p.got, coarse) for p in output.failing)
        ):
            return sentences.lost_precision(output.name, digits, dtype)
    return sentences.approximate(output.name, digits, of_formula=of_formula) if apart <= ALMOST else None


def _relative_errors(output: Output) -> Iterator[float]:
    """On the scale of the largest number of each array."""
    for pair in output.failing:
        scale = float(np.max(np.abs(pair.expected), initial=0.0))
        if pair.got.shape != pair.expected.shape or not pair.finite or scale == 0:
            yield np.inf
        else:
            yield float(np.max(np.abs(pair.got - pair.expected))) / scale


def _eps(output: Output) -> float:
    return output.failing[0].tolerance.eps


def _is_of(array: Array, dtype: type[np.floating]) -> bool:
    """Whether every number is one of that dtype, and not for being a simple one."""
    return bool(np.all(array.astype(dtype).astype(np.float64) == array)) and array.size >= 1
