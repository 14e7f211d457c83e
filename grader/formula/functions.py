"""The functions and constants that a formula may use, on float64."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

Number = Any  # np.float64: NumPy's own type is generic in a way that says nothing here


@dataclass(frozen=True)
class Function:
    """A function with its number of arguments; None for any number from two on."""

    name: str
    compute: Callable[..., Number]
    arguments: int | None = 1


def _plain(function: Callable[[float], float]) -> Callable[[Number], Number]:
    return lambda x: np.float64(function(float(x)))


def _sigmoid(x: Number) -> Number:
    return 1 / (1 + np.exp(-x))


def _normal_cdf(x: Number) -> Number:
    """Φ(x) = erfc(−x/√2)/2, which keeps its digits in the left tail."""
    return np.float64(0.5 * math.erfc(-float(x) / math.sqrt(2)))


def _normal_pdf(x: Number) -> Number:
    return np.exp(-x * x / 2) / np.sqrt(2 * np.pi)


def _softplus(x: Number) -> Number:
    return np.logaddexp(0.0, x)


def _largest(*values: Number) -> Number:
    return np.max(values)


def _smallest(*values: Number) -> Number:
    return np.min(values)


_FUNCTIONS = (
    (Function("exp", np.exp), ()),
    (Function("log", np.log), ("ln",)),
    (Function("sqrt", np.sqrt), ()),
    (Function("abs", np.abs), ()),
    (Function("sin", np.sin), ()),
    (Function("cos", np.cos), ()),
    (Function("tan", np.tan), ()),
    (Function("sinh", np.sinh), ()),
    (Function("cosh", np.cosh), ()),
    (Function("tanh", np.tanh), ()),
    (Function("sigmoid", _sigmoid), ("σ", "sigma")),
    (Function("softplus", _softplus), ()),
    (Function("erf", _plain(math.erf)), ()),
    (Function("Phi", _normal_cdf), ("Φ",)),
    (Function("phi", _normal_pdf), ("φ",)),
    (Function("max", _largest, None), ()),
    (Function("min", _smallest, None), ()),
)
NAMES = tuple(function.name for function, _ in _FUNCTIONS)
FUNCTIONS = {name: function for function, other in _FUNCTIONS for name in (function.name, *other)}
CONSTANTS = {"pi": np.pi, "π": np.pi, "e": np.e}
