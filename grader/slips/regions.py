"""Slips of a part: all entries of one region are wrong (or no numbers), and all outside are right.

A region is told by the value of an argument (x < 0, x = 0, a large |x|), by the place in the array (the first
or last entry of an axis, the diagonal), or by an index that is repeated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import lgamma, log

import numpy as np

from grader.slips import sentences
from grader.slips.pairs import RTOL, Array, Output, Pair
from grader.slips.sentences import Slip, of_all, others
from grader.wording import number

ODDS_NAMED = log(10.0)  # against meeting a region by chance that is one of a few,
ODDS_FITTED = log(1000.0)  # and one whose bound was read off the same numbers

FEWEST = 3  # values on the right side of a fitted bound; one alone, such as 0, is a place of its own


@dataclass(frozen=True)
class Units:
    """What is right or wrong as one: entries, rows or inputs, with the values of an argument at them."""

    noun: str
    argument: str
    values: Array
    bad: Array


@dataclass(frozen=True)
class Region:
    """Where it is, in words, and how many units are in it and outside."""

    where: str
    noun: str
    inside: int
    outside: int


def region(output: Output) -> Slip | None:
    """Where it is wrong, if that has a name."""
    if any(pair.got.shape != pair.expected.shape or not pair.finite for pair in output.pairs):
        return None
    masks = [pair.wrong for pair in output.pairs]
    found = _repeated(output)
    if found is not None:
        return found
    where = _region(output, masks)
    if where is None:
        return None
    wrong, right = of_all(where.inside, where.noun), others(where.outside, where.noun)
    return sentences.wrong_where(output.name, where.where, wrong, right, _inside(output))


def not_finite(output: Output) -> Slip | None:
    """Where it is NaN or infinite, if that has a name."""
    if any(pair.got.shape != pair.expected.shape for pair in output.pairs):
        return None
    masks = [~np.isfinite(pair.got) & np.isfinite(pair.expected) for pair in output.pairs]
    stray = np.concatenate([pair.got[mask] for pair, mask in zip(output.pairs, masks, strict=True)])
    if not stray.size:
        return None
    what = "NaN" if np.isnan(stray).all() else "infinite" if np.isinf(stray).all() else "NaN or infinite"
    if all(mask.all() for mask in masks) and sum(mask.size for mask in masks) > 1:
        return sentences.not_finite_throughout(output.name, what)
    where = _region(output, masks)
    if where is None:
        return None
    bad, good = of_all(where.inside, where.noun), others(where.outside, where.noun)
    return sentences.not_finite_where(output.name, what, where.where, bad, good)


def _inside(output: Output) -> str:
    """What the wrong entries are, where one thing is true of all."""
    got = np.concatenate([pair.got[pair.wrong] for pair in output.failing])
    due = np.concatenate([pair.expected[pair.wrong] for pair in output.failing])
    if not np.any(got):
        return "is zero"
    if not np.any(due):
        return "should be zero"
    ratio = got[np.nonzero(due)] / due[np.nonzero(due)]
    if len(ratio) < len(due) or np.max(np.abs(ratio - ratio[0])) > RTOL * abs(ratio[0]):
        return ""
    return (
        "has the wrong sign"
        if abs(ratio[0] + 1) <= RTOL
        else f"is {number(float(ratio[0]), 4)} times what is due"
    )


def _region(output: Output, masks: list[Array]) -> Region | None:
    for units in _units(output, masks):
        where = _named(units) or _fitted(units)
        if where:
            inside = int(units.bad.sum())
            return Region(where, units.noun, inside, units.bad.size - inside)
    return _placed(masks)


def _units(output: Output, masks: list[Array]) -> Iterator[Units]:
    """Entry by entry where an argument has the output's shape; then rows, then whole inputs."""
    arguments = [name for name in output.pairs[0].case.arguments if _all_arrays(output, name)]
    shapes = [pair.expected.shape for pair in output.pairs]
    for name in arguments:
        values = [_argument(pair, name) for pair in output.pairs]
        if [value.shape for value in values] == shapes:
            noun = "input" if not any(shapes) else "entry"
            yield Units(noun, name, _flat(values), _flat(masks))
            if all(len(shape) > 1 and shape[-1] for shape in shapes):
                rows = [_over_rows(mask) for mask in masks]
                if all(np.array_equal(mask.all(axis=-1), row) for mask, row in zip(masks, rows, strict=True)):
                    largest = [np.max(np.abs(value), axis=-1) for value in values]
                    yield Units("row", f"the largest |{name}|", _flat(largest), _flat(rows))
    if len(masks) == output.inputs:
        for name in arguments:
            values = [np.max(np.abs(_argument(pair, name)), initial=0.0) for pair in output.pairs]
            bad = np.array([bool(mask.any()) for mask in masks])
            yield Units("input", f"the largest |{name}|", np.array(values), bad)


def _named(units: Units) -> str:
    """One of the few regions that functions are pieced together at."""
    if not _is_telling(units, ODDS_NAMED):
        return ""
    name, values = units.argument, units.values
    for sign, inside in (
        ("<", values < 0),
        ("=", values == 0),
        (">", values > 0),
        ("≤", values <= 0),
        ("≥", values >= 0),
    ):
        if np.array_equal(inside, units.bad):
            return f"{name} {sign} 0"
    there = np.unique(values[units.bad])
    if there.size == 1 and np.array_equal(values == there[0], units.bad):
        return f"{name} = {number(float(there[0]), 4)}"
    return ""


def _fitted(units: Units) -> str:
    """Beyond a bound that lies between all that is wrong and all that is right."""
    if not _is_telling(units, ODDS_FITTED):
        return ""
    name, values = units.argument, units.values
    options = (
        [(name, values)]
        if name.startswith("the largest")
        else [(f"|{name}|", np.abs(values)), (name, values)]
    )
    for text, measured in options:
        bad, good = measured[units.bad], measured[~units.bad]
        if np.unique(good).size < FEWEST or np.unique(bad).size < 2:
            continue
        if bad.min() > good.max():
            return f"{text} of {number(float(bad.min()), 3)} or more"
        if bad.max() < good.min():
            return f"{text} of {number(float(bad.max()), 3)} or less"
    return ""


def _is_telling(units: Units, odds: float) -> bool:
    """Whether as many of as many, drawn at random, would seldom be just the region."""
    n, k = units.bad.size, int(units.bad.sum())
    return 0 < k < n and lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) >= odds


def _placed(masks: list[Array]) -> Region | None:
    """The ends of an axis, or the diagonal."""
    failing = [mask for mask in masks if mask.any()]
    ndim = min((mask.ndim for mask in failing), default=0)
    if not ndim or any(mask.ndim != ndim for mask in failing):
        return None
    bad = _flat(failing)
    for where, places in _places(failing, ndim):
        if np.array_equal(_flat(places), bad) and _is_telling(Units("", "", bad, bad), ODDS_NAMED):
            return Region(where, "entry", int(bad.sum()), int((~bad).sum()))
    return None


def _places(masks: list[Array], ndim: int) -> Iterator[tuple[str, list[Array]]]:
    for axis in range(ndim):
        if all(mask.shape[axis] > 2 for mask in masks):
            for what, at in (("the first", 0), ("the last", -1)):
                yield f"{what} index along axis {axis}", [_end(mask, axis, at) for mask in masks]
    if ndim > 1 and all(mask.shape[-1] == mask.shape[-2] > 1 for mask in masks):
        eyes = [np.broadcast_to(np.eye(mask.shape[-1], dtype=bool), mask.shape) for mask in masks]
        yield "two equal indices (the diagonal)", eyes
        yield "two different indices (off the diagonal)", [~eye for eye in eyes]


def _end(mask: Array, axis: int, at: int) -> Array:
    place = np.zeros(mask.shape, dtype=bool)
    np.moveaxis(place, axis, 0)[at] = True
    return place


def _repeated(output: Output) -> Slip | None:
    """Rows whose index occurs more than once in an argument of whole numbers."""
    first = output.pairs[0]
    for name, value in first.case.arguments.items():
        if isinstance(value, np.ndarray) and value.dtype.kind in "iu" and first.expected.ndim:
            found = [_repeats(pair, name) for pair in output.pairs]
            known = [one for one in found if one is not None]
            if len(known) == len(found):
                said = _of_repeated(output, name, _flat(known))
                if said is not None:
                    return said
    return None


def _of_repeated(output: Output, name: str, repeated: Array) -> Slip | None:
    bad = _flat(
        [np.any(pair.wrong.reshape(len(pair.wrong), -1), axis=1, keepdims=True) for pair in output.pairs]
    )
    if not np.array_equal(bad, repeated) or not _is_telling(Units("", "", bad, bad), ODDS_NAMED):
        return None
    wrong, right = of_all(int(bad.sum()), "row"), others(int((~bad).sum()), "row")
    for which, at in (("last", -1), ("first", 0)):
        if all(_holds_one(pair, name, at) for pair in output.failing):
            return sentences.overwritten(output.name, name, wrong, right, which)
    return sentences.repeated(output.name, name, wrong, right)


def _repeats(pair: Pair, name: str) -> Array | None:
    index = pair.case.arguments.get(name)
    if not isinstance(index, np.ndarray) or not pair.expected.ndim or not index.size:
        return None
    if index.min() < 0 or index.max() >= len(pair.expected):
        return None
    counts: Array = np.bincount(index.ravel(), minlength=len(pair.expected))
    return counts > 1


def _holds_one(pair: Pair, name: str, at: int) -> bool:
    """Whether every repeated row is the contribution at one of its indices."""
    index, repeated = np.asarray(pair.case.arguments[name]), _repeats(pair, name)
    if repeated is None:
        return False
    for value in pair.case.arguments.values():
        if isinstance(value, np.ndarray) and value.shape == (*index.shape, *pair.expected.shape[1:]):
            given = value.reshape(index.size, -1)
            rows = pair.got.reshape(len(pair.got), -1)
            if all(
                np.allclose(rows[r], given[np.flatnonzero(index.ravel() == r)[at]], rtol=RTOL)
                for r in np.flatnonzero(repeated)
            ):
                return True
    return False


def _argument(pair: Pair, name: str) -> Array:
    value = pair.case.arguments[name]
    return np.asarray(getattr(value, "array", value), dtype=np.float64)


def _all_arrays(output: Output, name: str) -> bool:
    values = [pair.case.arguments.get(name) for pair in output.pairs]
    plain = [getattr(value, "array", value) for value in values]
    return all(
        isinstance(one, float) or (isinstance(one, np.ndarray) and one.dtype.kind == "f") for one in plain
    )


def _flat(arrays: list[Array]) -> Array:
    return np.concatenate([np.ravel(array) for array in arrays])


def _over_rows(mask: Array) -> Array:
    """Whether any entry of a row is marked."""
    return np.asarray(np.max(mask, axis=-1))
