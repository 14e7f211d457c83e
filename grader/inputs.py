"""An input as Python text that makes it again, when it is short enough to be read."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.calling import sent
from grader.exercise import Entry, EntryKind
from grader.question import Case, History
from grader.values import Rng, Tensor

MAX_NUMBERS = 40
MAX_TEXT = 700
MAX_SHOWN = 2_000
DIGITS = 10


def as_python(case: Case, entry: Entry) -> str | None:
    """One assignment for each argument, or what drives an optimizer; None where that would be long."""
    if case.size() > MAX_NUMBERS:
        return None
    lines = _journey(case, entry) if entry.kind is EntryKind.CLASS else _arguments(case, entry)
    text = "\n".join(lines)
    return text if len(text) <= MAX_TEXT else None


def _arguments(case: Case, entry: Entry) -> list[str]:
    """What the function is given: a reference may need more than that."""
    given = ((name, sent(name, case.arguments[name])) for name in entry.parameters if name in case.arguments)
    return [f"{name} = {expression(value)}" for name, value in given]


def _journey(case: Case, entry: Entry) -> list[str]:
    history = History.of(case)
    options = "".join(f", {name}={expression(value)}" for name, value in history.options.items())
    lines = [f"params = {expression(history.params)}", f"optimizer = {entry.name}(params{options})"]
    for step in history.steps:
        lines += [f"optimizer.{name} = {expression(value)}" for name, value in step.attributes.items()]
        lines.append(f"optimizer.step({expression(step.grads)})")
    return lines


def shown(value: Any) -> str:
    """The value for reading: ten digits, numbers without axes as floats, not longer than a screen."""
    text = expression(_rounded(value))
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"


def _rounded(value: Any) -> Any:
    if isinstance(value, Tensor):
        return Tensor(np.asarray(_rounded(value.array)), value.requires_grad)
    if isinstance(value, np.ndarray | np.floating | float) and np.asarray(value).dtype.kind == "f":
        rounded = np.vectorize(lambda x: float(f"{x:.{DIGITS}g}"), otypes=[np.float64])(value)
        return rounded if rounded.ndim else float(rounded)
    if isinstance(value, list | tuple):
        return type(value)(_rounded(one) for one in value)
    return value


def expression(value: Any) -> str:
    """The value as a Python expression."""
    if isinstance(value, Tensor):
        return f"torch.tensor({value.array.tolist()!r})"
    if isinstance(value, np.ndarray):
        dtype = "" if value.dtype in (np.float64, np.int64, np.bool_) else f", dtype=np.{value.dtype.name}"
        return f"np.array({value.tolist()!r}{dtype})"
    if isinstance(value, Rng):
        return f"np.random.default_rng({value.seed})"
    if isinstance(value, np.generic):
        return f"np.{value.dtype.name}({value.item()!r})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {expression(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(expression, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(expression, value))}{',' if len(value) == 1 else ''})"
    return repr(value)
