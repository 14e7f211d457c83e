"""The values that cross the wire between judge and box.

A `Value` is None, bool, int (|n| < 2**63), float, str, list, tuple, dict with string keys, a C-ordered
numpy array or scalar with a dtype of `DTYPES`, or one of the classes below. Nothing else travels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias, Union

import numpy as np

DTYPES = ("b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16")
MAX_NDIM = 8
MAX_DEPTH = 16
MAX_NODES = 100_000
MAX_TYPE_NAME = 100


@dataclass(frozen=True, eq=False)
class Tensor:
    """A torch tensor, seen without torch: its values and whether it wants a gradient."""

    array: np.ndarray[Any, Any]
    requires_grad: bool = False


@dataclass(frozen=True)
class Handle:
    """An entry of one box's object table; meaningless to any other box."""

    id: int
    kind: str = "object"  # "object" | "callable" | "array"


@dataclass(frozen=True)
class Stub:
    """Judge to box: becomes a Python function `name` there, whose calls come back to the judge."""

    id: int
    name: str


@dataclass(frozen=True)
class Rng:
    """Judge to box: becomes `np.random.default_rng(seed)` there."""

    seed: int


@dataclass(frozen=True)
class Opaque:
    """Box to judge: something that is no value (a generator, a set, a subclass of ndarray, ...)."""

    type_name: str


Value: TypeAlias = Union[
    bool,
    int,
    float,
    str,
    "list[Any]",
    "tuple[Any, ...]",
    "dict[str, Any]",
    "np.ndarray[Any, Any]",
    "np.generic[Any]",
    Tensor,
    Handle,
    Stub,
    Rng,
    Opaque,
    None,
]
