"""The values that travel between judge and box (defined where the box can load them too)."""

from grader.sandbox.inside.values import (
    DTYPES,
    MAX_DEPTH,
    MAX_NDIM,
    MAX_NODES,
    Handle,
    Opaque,
    Rng,
    Stub,
    Tensor,
    Value,
)

__all__ = [
    "DTYPES",
    "MAX_DEPTH",
    "MAX_NDIM",
    "MAX_NODES",
    "Handle",
    "Opaque",
    "Rng",
    "Stub",
    "Tensor",
    "Value",
]
