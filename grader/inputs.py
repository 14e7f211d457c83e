"""An input as Python text that makes it again, when it is short enough to be read."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.question import Case
from grader.values import Tensor

MAX_NUMBERS = 40
MAX_TEXT = 700


def as_python(case: Case) -> str | None:
    """One assignment for each argument; None where that would be long."""
    if case.size() > MAX_NUMBERS:
        return None
    lines = [f"{name} = {expression(value)}" for name, value in case.arguments.items()]
    text = "\n".join(lines)
    return text if len(text) <= MAX_TEXT else None


def expression(value: Any) -> str:
    """The value as a Python expression."""
    if isinstance(value, Tensor):
        return f"torch.tensor({value.array.tolist()!r})"
    if isinstance(value, np.ndarray):
        dtype = "" if value.dtype in (np.float64, np.int64, np.bool_) else f", dtype=np.{value.dtype.name}"
        return f"np.array({value.tolist()!r}{dtype})"
    if isinstance(value, np.generic):
        return f"np.{value.dtype.name}({value.item()!r})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {expression(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(expression, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(expression, value))}{',' if len(value) == 1 else ''})"
    return repr(value)
