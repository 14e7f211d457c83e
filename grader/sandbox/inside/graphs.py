"""A graph of the student's objects: built operation by operation, and gone through backward.

Values are let go as soon as no later operation needs them, so that what is alive at the end is held by the
student's code. Only the box can see that: it is reported, and can be forged.
"""

from __future__ import annotations

import contextlib
import gc
import operator
import weakref
from collections.abc import Callable
from typing import Any

from .objects import snapshot

_NUMERIC = ("abs", "add", "floordiv", "index", "invert", "matmul", "mod", "mul", "neg", "pos", "pow", "sub")
_OTHER = ("truediv", "eq", "ge", "getitem", "gt", "le", "len", "lt", "ne")
OPERATORS = frozenset((*_NUMERIC, *_OTHER))

Node = tuple[str, list[Any], dict[str, Any], int]  # operator or method, operands, options, how often
Block = tuple[int, bool]  # in how many blocks a node stands, and whether an exception ends them after it
INTERRUPTED = "the exception of a program that is shown"
NOT_A_REFUSAL = (RecursionError, NotImplementedError)  # although Python counts them among RuntimeErrors


class Graph:
    """Leaves, and the values that are made of them in turn."""

    def __init__(self, leaves: list[Any], nodes: list[Node], outputs: list[int], blocks: Blocks) -> None:
        self.leaves, self.nodes, self.outputs, self.blocks = leaves, nodes, outputs, blocks
        self.values: list[Any] = list(leaves)
        self.last_use = {one: i for i, (_, operands, *_) in enumerate(nodes) for one in _indices(operands)}
        self.watched: list[weakref.ref[Any]] = []

    def output(self, k: int) -> Any:
        """A value, once everything up to it has been made."""
        while len(self.values) <= k:
            self._grow()
        self.blocks.enter(0)
        return self.values[k]

    def still_alive(self) -> int:
        """How many of the values between leaves and outputs somebody holds who is not here."""
        here = {id(one) for one in self.values if one is not None}
        return len({id(one) for ref in self.watched if (one := ref()) is not None} - here)

    def _grow(self) -> None:
        i = len(self.values) - len(self.leaves)
        self.blocks.enter_for(i)
        self.values.append(_applied(self.values, *self.nodes[i]))
        self.blocks.leave_after(i)
        for k in {*_indices(self.nodes[i][1]), len(self.values) - 1}:
            if k >= len(self.leaves) and k not in self.outputs and self.last_use.get(k, i) <= i:
                self._let_go(k)

    def _let_go(self, k: int) -> None:
        with contextlib.suppress(TypeError):  # of a class whose objects cannot be watched
            self.watched.append(weakref.ref(self.values[k]))
        self.values[k] = None


class Blocks:
    """The blocks of the student's `no_grad`, one within the other."""

    def __init__(self, switch: Callable[[], Any] | None, of_nodes: list[Block]) -> None:
        self.switch, self.of_nodes = switch, of_nodes
        self.open: list[contextlib.ExitStack] = []
        self.swallowed = 0  # exceptions that ended a block and went no further

    def enter(self, depth: int) -> None:
        """Leave or enter blocks until this many are open."""
        while len(self.open) > depth:
            self.open.pop().close()
        while len(self.open) < depth and self.switch is not None:
            stack = contextlib.ExitStack()
            stack.enter_context(self.switch())
            self.open.append(stack)

    def enter_for(self, i: int) -> None:
        """The blocks in which that node stands."""
        if self.of_nodes:
            self.enter(self.of_nodes[i][0])

    def leave_after(self, i: int) -> None:
        """By an exception, where that is due."""
        if not self.of_nodes or not self.of_nodes[i][1]:
            return
        self.swallowed += 1
        try:
            with contextlib.ExitStack() as all_open:
                for stack in self.open:
                    all_open.push(stack)
                self.open = []
                raise ValueError(INTERRUPTED)
        except ValueError as error:  # it has no other name: with its traceback it would hold these frames
            if error.args != (INTERRUPTED,):
                raise
            self.swallowed -= 1


def refuses(backward: Callable[[], Any]) -> float:
    """1.0 if a pass ends with a RuntimeError, 0.0 if it does not; other exceptions are not caught."""
    try:
        backward()
    except NOT_A_REFUSAL:
        raise
    except RuntimeError:
        return 1.0
    return 0.0


def differentiated(
    graph: Graph, names: tuple[str, str, str], refused: list[int]
) -> tuple[list[Any], list[Any], int, int]:
    """Go backward from the outputs, each once it is there.

    Copies of their data, or whether the pass was refused for those positions in `refused`; the gradients of
    the leaves after the last of them; how many values between them are still alive; and how many exceptions
    did not leave the block that they ended.
    """
    data, grad, backward = names
    gc.collect()  # else what went before would decide whether values in rings are gone at the end
    found: list[Any] = []
    for position, k in enumerate(graph.outputs):
        value = graph.output(k)
        if position in refused:
            found.append(refuses(getattr(value, backward)))
            continue
        getattr(value, backward)()
        found += snapshot([getattr(value, data)])
    grads = [getattr(leaf, grad) for leaf in graph.leaves]
    return found, grads, graph.still_alive(), graph.blocks.swallowed


def _indices(operands: list[Any]) -> list[int]:
    return [one for one in operands if type(one) is int]


def _applied(values: list[Any], name: str, operands: list[Any], options: dict[str, Any], times: int) -> Any:
    """What a node makes of its operands; each result takes the place of the first one for the next time."""
    given = [values[one] if type(one) is int else one for one in operands]
    for _ in range(times):
        if name == "getitem":
            given[0] = given[0][_key(options["key"])]
        elif name in OPERATORS:
            given[0] = getattr(operator, name)(*given)
        else:
            given[0] = getattr(given[0], name)(*given[1:], **options)
    return given[0]


def _key(parts: list[Any]) -> Any:
    """An index; a text like "1:" stands for a slice."""
    key = tuple(_slice(part) if type(part) is str else part for part in parts)
    return key[0] if len(key) == 1 else key


def _slice(text: str) -> slice:
    return slice(*(int(bound) if bound else None for bound in text.split(":")))
