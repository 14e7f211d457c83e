"""A random program for an autograd engine, as the graph that it builds: leaves, nodes, outputs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.errors import ReferenceError_

OPERATORS = {
    "add": "{} + {}",
    "sub": "{} - {}",
    "mul": "{} * {}",
    "truediv": "{} / {}",
    "matmul": "{} @ {}",
    "pow": "{} ** {}",
    "neg": "-{}",
    "abs": "abs({})",
    "getitem": "{}[{}]",
}  # of Python's `operator` module, and how they are written
MAX_LEAVES, MAX_NODES, MAX_OUTPUTS = 32, 500, 16
MAX_BLOCKS = 4  # of no_grad, one within the other
MAX_APPLIED = 30_000  # nodes, each counted as often as it is applied
SLICE = re.compile(r"(-?\d*):(-?\d*)(:-?\d*)?")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
NODE = "{op, of: [index | constant], options: {}, times: 1, no_grad: 0, interrupted: False}"
DUE = f"{{leaves: [float | array], nodes: [{NODE}], outputs: [index], refused: [position]}}"


@dataclass(frozen=True)
class Node:
    """An operation. An int among its operands is the index of a value, leaves first; all else is constant."""

    op: str
    operands: tuple[Any, ...]
    options: Mapping[str, Any]
    times: int  # how often it is applied, each result in the place of the first operand
    no_grad: int = 0  # in how many blocks it stands, one within the other
    interrupted: bool = False  # an exception ends these blocks after it


@dataclass(frozen=True)
class Graph:
    """Leaves, nodes in order, and the outputs from which to go backward, each once it is there."""

    leaves: tuple[Any, ...]
    nodes: tuple[Node, ...]
    outputs: tuple[int, ...]
    refused: tuple[int, ...] = ()  # positions of outputs whose pass has to be refused

    @classmethod
    def of(cls, given: Mapping[str, Any], allowed: Sequence[str]) -> Graph:
        """Read from what the author's `programs` made; ReferenceError_ if it breaks form or bounds."""
        try:
            leaves = tuple(given["leaves"])
            nodes = tuple(map(_node, given["nodes"]))
            outputs = tuple(given.get("outputs") or (len(leaves) + len(nodes) - 1,))
            refused = tuple(map(int, given.get("refused") or ()))
        except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
            raise _refusal(f"expected {DUE} ({type(error).__name__}: {error})") from error
        graph = cls(leaves, nodes, outputs, refused)
        graph._check(allowed)
        return graph

    @property
    def applied(self) -> int:
        """How many operations it takes."""
        return sum(node.times for node in self.nodes)

    @property
    def numbers(self) -> int:
        """How many its leaves and constants have."""
        constants = [one for node in self.nodes for one in node.operands if type(one) is not int]
        return sum(int(np.size(one)) for one in (*self.leaves, *constants))

    def wire(self) -> tuple[list[Any], list[Any], list[int]]:
        """Leaves, nodes and outputs as a box takes them."""
        nodes = [(node.op, list(node.operands), dict(node.options), node.times) for node in self.nodes]
        return list(self.leaves), nodes, list(self.outputs)

    def blocks(self) -> list[tuple[int, bool]]:
        """For each node in how many blocks it stands and how they end; empty if there are none."""
        blocks = [(node.no_grad, node.interrupted) for node in self.nodes]
        return blocks if any(depth for depth, _ in blocks) else []

    def names(self) -> list[str]:
        """Of all values, leaves first: a, b, c, ..."""
        n = len(self.leaves) + len(self.nodes)
        return [LETTERS[i] if i < len(LETTERS) else f"v{i}" for i in range(n)]

    def _check(self, allowed: Sequence[str]) -> None:
        if not 0 < len(self.leaves) <= MAX_LEAVES:
            raise _refusal(f"expected 1 to {MAX_LEAVES} leaves, got {len(self.leaves)}")
        if len(self.nodes) > MAX_NODES or len(self.outputs) > MAX_OUTPUTS:
            raise _refusal(f"expected at most {MAX_NODES} nodes and {MAX_OUTPUTS} outputs")
        if self.applied > MAX_APPLIED:
            raise _refusal(f"expected at most {MAX_APPLIED} operations, got {self.applied}")
        if not all(map(_is_leaf, self.leaves)):
            raise _refusal("expected a float or an array of floats for each leaf")
        for i, node in enumerate(self.nodes, start=len(self.leaves)):
            _check_node(node, i, allowed)
        last = len(self.leaves) + len(self.nodes) - 1
        if any(type(k) is not int or not 0 <= k <= last for k in self.outputs):
            raise _refusal(f"expected outputs between 0 and {last}, got {list(self.outputs)}")
        if any(not 0 < position < len(self.outputs) for position in self.refused):
            raise _refusal(f"only passes after the first can be refused, got {list(self.refused)}")


def _node(given: Mapping[str, Any]) -> Node:
    unknown = set(given) - {"op", "of", "options", "times", "no_grad", "interrupted"}
    if unknown:
        raise ValueError(f"unknown in a node: {', '.join(sorted(unknown))}")
    options, times = dict(given.get("options", {})), int(given.get("times", 1))
    block = int(given.get("no_grad", 0)), bool(given.get("interrupted", False))
    return Node(str(given["op"]), tuple(given["of"]), options, times, *block)


def _check_node(node: Node, i: int, allowed: Sequence[str]) -> None:
    indices = [one for one in node.operands if type(one) is int]
    if node.op not in allowed:
        raise _refusal(f"value {i}: {node.op} is neither an operator nor a method of the engine's")
    if not indices or any(not 0 <= one < i for one in indices):
        raise _refusal(f"value {i}: operands are values before it, got {list(node.operands)}")
    if not all(type(one) is int or _is_constant(one) for one in node.operands):
        raise _refusal(f"value {i}: an operand is an index, a float or an array, got {list(node.operands)}")
    if node.op not in OPERATORS and type(node.operands[0]) is not int:
        raise _refusal(f"value {i}: a method needs a value as its first operand")
    if node.op in OPERATORS and len(node.operands) != _arity(node.op):
        raise _refusal(f"value {i}: {node.op} with {len(node.operands)} operands")
    if (node.op == "getitem") != ("key" in node.options):
        raise _refusal(f"value {i}: getitem, and nothing else, takes its index as the option key")
    if node.op == "getitem" and not _is_key(node.options["key"]):
        raise _refusal(f'value {i}: a key is a list of whole numbers, slices like "1:" and arrays')
    if node.times < 1:
        raise _refusal(f"value {i}: times is {node.times}; once is the least")
    if not 0 <= node.no_grad <= MAX_BLOCKS:
        raise _refusal(f"value {i}: no_grad is {node.no_grad}; 0 to {MAX_BLOCKS} blocks are possible")
    if node.interrupted and not node.no_grad:
        raise _refusal(f"value {i}: interrupted, and in no block")


def _arity(op: str) -> int:
    """How many operands; the key of an index is none of them."""
    return 1 if op == "getitem" else OPERATORS[op].count("{}")


def _is_constant(value: Any) -> bool:
    return isinstance(value, float | np.generic | np.ndarray)


def _is_key(key: Any) -> bool:
    return isinstance(key, list | tuple) and bool(key) and all(map(_is_part, key))


def _is_part(part: Any) -> bool:
    if isinstance(part, str):
        return SLICE.fullmatch(part) is not None
    return type(part) is int or isinstance(part, np.integer | np.ndarray)


def _refusal(why: str) -> ReferenceError_:
    return ReferenceError_(f"reference.py: programs: {why}")


def _is_leaf(leaf: Any) -> bool:
    return isinstance(leaf, float) or (isinstance(leaf, np.ndarray) and leaf.dtype.kind == "f")
