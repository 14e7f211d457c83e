"""How much there is to read in an input: its longest axis, its steps, the nodes of its program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from grader.exercise import Entry
from grader.question import Case
from grader.values import Tensor

SMALL_AXIS, SMALL_STEPS, SMALL_NODES = 3, 3, 5  # what has no more of each can be worked by hand
SHAPE, STEPS = "shape", "steps"  # arguments that stand for axes and for steps


@dataclass(frozen=True, kw_only=True)
class Extent:
    """Counted on what the student is given, and on nothing that only the reference sees."""

    axis: int = 0  # of any array, of a list of numbers, and of an array that is asked for by its shape
    steps: int = 0  # of an optimizer, or asked of a function
    nodes: int = 0  # operations of a program, each as often as it is applied, or of an expression

    @classmethod
    def of(cls, case: Case, entry: Entry) -> Extent:
        """Of the input of a case."""
        given = {name: value for name, value in case.arguments.items() if _is_given(name, entry)}
        return cls(axis=_axis(given), steps=_steps(given), nodes=_nodes(given))

    @property
    def small(self) -> bool:
        """Whether it can be worked by hand."""
        return self.axis <= SMALL_AXIS and self.steps <= SMALL_STEPS and self.nodes <= SMALL_NODES

    def as_dict(self) -> dict[str, int]:
        """For JSON."""
        return {"axis": self.axis, "steps": self.steps, "nodes": self.nodes}


def _is_given(name: str, entry: Entry) -> bool:
    """A class is driven with all of a case, a function is called with its parameters."""
    return name in entry.parameters or not entry.returns


def _axis(given: Mapping[str, Any]) -> int:
    asked_for = given.get(SHAPE)
    shape = asked_for if isinstance(asked_for, tuple) else ()
    return max(
        (*shape, *_lengths(_operands(given) if "nodes" in given else tuple(given.values()))), default=0
    )


def _operands(program: Mapping[str, Any]) -> tuple[Any, ...]:
    """Leaves and constants, each by itself."""
    return (*program["leaves"], *(one for node in program["nodes"] for one in node["of"]))


def _lengths(value: Any) -> Iterator[int]:
    """Of the axes of every array, and of lists of numbers."""
    if isinstance(value, Tensor):
        value = value.array
    if hasattr(value, "shape"):
        yield from value.shape
    elif isinstance(value, Mapping):
        yield from _lengths(tuple(value.values()))
    elif isinstance(value, list | tuple):
        if isinstance(value, list) and all(isinstance(one, float) for one in value):
            yield len(value)
        for one in value:
            yield from _lengths(one)


def _steps(given: Mapping[str, Any]) -> int:
    steps = given.get(STEPS, 0)
    return len(steps) if isinstance(steps, list | tuple) else int(steps)


def _nodes(given: Mapping[str, Any]) -> int:
    applied = sum(int(node.get("times", 1)) for node in given.get("nodes", ()))
    return applied + sum(map(_operations, given.values()))


def _operations(value: Any) -> int:
    """Of an expression such as ("mul", "x", ("sin", "x"))."""
    if not is_expression(value):
        return 0
    return 1 + sum(map(_operations, value[1:]))


def is_expression(value: Any) -> bool:
    """Whether it is an operator with its operands."""
    return isinstance(value, tuple) and len(value) > 1 and isinstance(value[0], str)
