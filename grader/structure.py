"""The gates before numbers: nesting, kind of value, shape, dtype, finiteness; each with its own sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from grader import feedback
from grader.compare import Leaf, element_name
from grader.finding import Finding
from grader.sandbox import Runtime
from grader.tolerance import float_arrays
from grader.values import Tensor, Value

Array = np.ndarray[Any, Any]
Gated = list[Leaf] | Finding
SINGLE = frozenset(map(np.dtype, (np.float32, np.complex64)))


@dataclass(frozen=True, kw_only=True)
class Precision:
    """Which floating-point dtypes an answer may have, given its inputs."""

    allowed: tuple[str, ...]

    @staticmethod
    def of(arguments: Value, runtime: Runtime) -> Precision:
        """float64 always; float32 when an input has it, or torch's default decides."""
        dtypes = {array.dtype for array in float_arrays(arguments)}
        if dtypes & SINGLE or (not dtypes and runtime is Runtime.TORCH):
            return EITHER
        return DOUBLE

    @property
    def dtypes(self) -> frozenset[np.dtype[Any]]:
        """Those of real numbers."""
        return _dtypes(self.allowed)


DOUBLE, EITHER = Precision(allowed=("float64",)), Precision(allowed=("float64", "float32"))


def gate(got: Value, expected: Value, *, names: Sequence[str], precision: Precision) -> Gated:
    """The arrays to compare, or what is wrong before any number is looked at.

    One name stands for the value itself, several for the elements of a tuple.
    """
    parts = outputs(got, names)
    if isinstance(parts, Finding):
        return parts
    return _all(parts, (expected,) if len(names) == 1 else expected, names, precision)


def outputs(got: Value, names: Sequence[str]) -> tuple[Value, ...] | Finding:
    """The values that the names stand for."""
    if len(names) == 1:
        return (got,)
    if not isinstance(got, tuple):
        due = f"a tuple of {len(names)} values ({', '.join(names)})"
        return feedback.wrong_type("The result", got, due)
    return got if len(got) == len(names) else feedback.wrong_count("The result", len(got), names)


def _all(got: Sequence[Value], expected: Any, names: Sequence[str], precision: Precision) -> Gated:
    leaves: list[Leaf] = []
    for one, due, name in zip(got, expected, names, strict=True):
        gated = _gate(one, due, name, precision)
        if isinstance(gated, Finding):
            return gated
        leaves += [Leaf(leaf.name, leaf.got, leaf.expected, len(leaves) + leaf.position) for leaf in gated]
    return leaves


def _gate(got: Value, expected: Value, name: str, precision: Precision) -> Gated:
    if isinstance(expected, Tensor):
        return _tensor(got, expected, name, precision)
    if isinstance(expected, np.ndarray) and expected.ndim:
        return _array(got, expected, name, precision)
    if isinstance(expected, float | np.floating | np.complexfloating | np.ndarray):
        return _scalar(got, np.asarray(expected), name, precision)
    if isinstance(expected, list | tuple):
        return _sequence(got, expected, name, precision)
    if isinstance(expected, dict):
        return _mapping(got, expected, name, precision)
    return _exact(got, expected, name)


def _array(got: Value, expected: Array, name: str, precision: Precision) -> Gated:
    if not isinstance(got, np.ndarray):
        return feedback.wrong_type(name, got, "a NumPy array")
    return _numbers(got, expected, name, precision)


def _tensor(got: Value, expected: Tensor, name: str, precision: Precision) -> Gated:
    if not isinstance(got, Tensor):
        return feedback.wrong_type(name, got, "a torch tensor")
    return _numbers(got.array, expected.array, name, precision)


def _scalar(got: Value, expected: Array, name: str, precision: Precision) -> Gated:
    """A float, np.float64, or an array (a torch tensor off the graph) without axes."""
    if isinstance(got, Tensor):
        if got.requires_grad:
            return feedback.on_the_graph(name)
        got = got.array
    if isinstance(got, np.ndarray) and got.ndim:
        return feedback.wrong_shape(name, got.shape, ())
    if not isinstance(got, float | complex | np.ndarray | np.generic):
        return feedback.wrong_type(name, got, "a float")
    return _numbers(np.asarray(got), expected, name, precision)


def _numbers(got: Array, expected: Array, name: str, precision: Precision) -> Gated:
    if got.shape != expected.shape:
        return feedback.wrong_shape(name, got.shape, expected.shape)
    allowed = _allowed(expected, precision)
    if got.dtype not in _dtypes(allowed):
        return feedback.wrong_dtype(name, got.dtype.name, allowed)
    if not np.isfinite(got).all() and (stray := ~np.isfinite(got) & np.isfinite(expected)).any():
        index = tuple(int(i) for i in np.argwhere(stray)[0])
        place = element_name(name, index)
        return feedback.not_finite(place, _real(got[index]), _real(expected[index]))
    return [Leaf(name, got, expected, 0)]


def _allowed(expected: Array, precision: Precision) -> tuple[str, ...]:
    if expected.dtype.kind == "f":
        return precision.allowed
    if expected.dtype.kind == "c":
        return tuple({"float64": "complex128", "float32": "complex64"}[one] for one in precision.allowed)
    if expected.dtype.kind == "b":
        return ("bool",)
    return tuple(f"{sign}int{bits}" for sign in ("", "u") for bits in (64, 32, 16, 8))


@cache
def _dtypes(names: tuple[str, ...]) -> frozenset[np.dtype[Any]]:
    return frozenset(map(np.dtype, names))


def _real(value: Any) -> float:
    return float(value.real)


def _sequence(got: Value, expected: Sequence[Value], name: str, precision: Precision) -> Gated:
    kind = type(expected)
    if type(got) is not kind:
        return feedback.wrong_type(name, got, f"a {kind.__name__} of {len(expected)} values")
    if len(got) != len(expected):
        return feedback.wrong_length(name, len(got), len(expected))
    return _all(got, expected, [f"{name}[{i}]" for i in range(len(expected))], precision)


def _mapping(got: Value, expected: dict[str, Value], name: str, precision: Precision) -> Gated:
    if type(got) is not dict:
        return feedback.wrong_type(name, got, "a dict")
    if set(got) != set(expected):
        return feedback.wrong_keys(name, list(got), list(expected))
    keys = sorted(expected)
    names = [f'{name}["{key}"]' for key in keys]
    return _all([got[key] for key in keys], [expected[key] for key in keys], names, precision)


EXACT: dict[type, tuple[str, tuple[type, ...]]] = {
    bool: ("True or False", (bool, np.bool_)),
    int: ("a whole number", (int, np.integer)),
    str: ("a text", (str,)),
    type(None): ("None", (type(None),)),
}


def _exact(got: Value, expected: Value, name: str) -> Gated:
    """None, bool, int and str: the same, not merely equal."""
    plain = expected.item() if isinstance(expected, np.generic) else expected
    due, kinds = EXACT[type(plain)]
    if not isinstance(got, kinds) or (isinstance(got, bool) and type(plain) is int):
        return feedback.wrong_type(name, got, due)
    if got != plain:
        return feedback.unequal(name, got, plain)
    return []
