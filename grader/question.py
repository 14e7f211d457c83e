"""What the reference is asked: which inputs, and how the expected values come about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from grader.errors import ReferenceError_
from grader.exercise import Check, CheckKind, Entry, EntryKind, Example, Exercise
from grader.tolerance import Magnitudes, float_arrays
from grader.values import Value

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, kw_only=True)
class Question:
    """The part of a check or an example that concerns the reference."""

    entry: Entry
    kind: CheckKind  # of a check of time: that of the answers it compares
    reference: str
    wrt: tuple[str, ...] = ()
    upstream: str = ""
    target: str = ""
    group: str = ""
    example: Mapping[str, Any] | None = None

    @classmethod
    def of_check(cls, exercise: Exercise, check: Check) -> Question:
        """Inputs from `cases`, `histories` or `programs`."""
        return cls(
            entry=exercise.entry(check.entry),
            kind=_kind(exercise.entry(check.entry), check),
            reference=check.reference,
            wrt=_wrt(exercise.entry(check.entry), check),
            upstream=check.upstream or "",
            target=check.target,
            group=check.group,
        )

    @classmethod
    def of_example(cls, exercise: Exercise, example: Example) -> Question:
        """The one input written in exercise.toml."""
        return cls(
            entry=exercise.entry(example.entry),
            kind=_kind(exercise.entry(example.entry), example),
            reference=example.reference,
            wrt=_wrt(exercise.entry(example.entry), example),
            upstream=example.upstream or "",
            example=example.arguments,
        )


@dataclass(frozen=True, kw_only=True)
class Case:
    """One input with its expected answer; lives in the judge."""

    index: int
    arguments: dict[str, Value]  # what the student's code is given, without the functions
    functions: Mapping[str, str] = field(default_factory=dict)  # arguments that are functions, as Python text
    expected: Value = None
    magnitudes: Magnitudes = field(default=tuple, compare=False)
    given: dict[str, Any] = field(default_factory=dict, compare=False)  # arguments as the reference has them

    @cached_property
    def floats(self) -> tuple[Array, ...]:
        """The largest array of each floating-point dtype: what bounds depend on."""
        largest: dict[Any, Array] = {}
        for array in float_arrays(self.arguments):
            if array.dtype not in largest or array.size > largest[array.dtype].size:
                largest[array.dtype] = array
        return tuple(largest.values())

    def size(self) -> int:
        """How many numbers the input has: smaller ones are easier to look at."""
        return sum(_size(value) for value in self.arguments.values())


@dataclass(frozen=True)
class Step:
    """One step of an optimizer: attributes written before it, and the gradients it is given."""

    grads: list[Array | None]
    attributes: Mapping[str, Value]


@dataclass(frozen=True)
class History:
    """What an optimizer is put through."""

    params: list[Array]
    options: dict[str, Any]
    steps: tuple[Step, ...]

    @classmethod
    def of(cls, case: Case) -> History:
        """Read from what the author's `histories` made."""
        try:
            steps = tuple(Step(list(one["grads"]), dict(one.get("set", {}))) for one in _list(case, "steps"))
            options: Any = case.arguments.get("options", {})
            return cls(_list(case, "params"), dict(options), steps)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            due = "{params: [array], options: {}, steps: [{grads: [array | None], set: {}}]}"
            raise ReferenceError_(f"reference.py: histories: expected {due} ({error})") from error


def _list(case: Case, name: str) -> list[Any]:
    value: Any = case.arguments[name]
    return list(value)


def _kind(entry: Entry, asked: Check | Example) -> CheckKind:
    if isinstance(asked, Check) and asked.loss is not None:
        return CheckKind.TRAINING
    if entry.kind is EntryKind.CLASS:
        return CheckKind.PROGRAM if entry.engine else CheckKind.TRAJECTORY
    if entry.kind is EntryKind.FORMULA:
        return CheckKind.FORMULA
    if asked.of_property if isinstance(asked, Example) else asked.kind is CheckKind.PROPERTY:
        return CheckKind.PROPERTY
    return CheckKind.GRADIENT if asked.wrt else CheckKind.VALUE


def _wrt(entry: Entry, asked: Check | Example) -> tuple[str, ...]:
    """For a formula the variable it is a derivative with respect to, and after it all others."""
    if entry.kind is not EntryKind.FORMULA or not asked.wrt:
        return asked.wrt
    return (*asked.wrt, *(name for name in entry.parameters if name not in asked.wrt))


def _size(value: Value) -> int:
    if isinstance(value, dict):
        return sum(map(_size, value.values()))
    if isinstance(value, list | tuple):
        return sum(map(_size, value))
    return int(getattr(value, "size", 1))
