"""Smaller programs for an autograd engine than the one that failed, the most promising first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

Arguments = dict[str, Any]
Nodes = list[dict[str, Any]]


def smaller_programs(given: Arguments) -> Iterator[Arguments]:
    """Fewer outputs, fewer repetitions, fewer nodes, fewer leaves, rounder numbers."""
    yield from _fewer_outputs(given)
    yield from _fewer_times(given)
    yield from _earlier_output(given)
    yield from _without_a_node(given)
    yield from _fewer_blocks(given)
    yield from _fewer_leaves(given)
    yield from _rounder_floats(given)


def _outputs(given: Arguments) -> list[int]:
    return list(given.get("outputs") or [len(given["leaves"]) + len(given["nodes"]) - 1])


def _fewer_outputs(given: Arguments) -> Iterator[Arguments]:
    outputs = _outputs(given)
    for i in range(len(outputs) if len(outputs) > 1 else 0):
        left = [k for j, k in enumerate(outputs) if j != i]
        positions = [j - (j > i) for j in given.get("refused") or () if j != i]
        refused = [j for j in positions if j > 0]  # the first pass is never refused
        yield _pruned({**given, "outputs": left} | ({"refused": refused} if "refused" in given else {}))


def _fewer_times(given: Arguments) -> Iterator[Arguments]:
    for i, node in enumerate(given["nodes"]):
        times = node.get("times", 1)
        for n in sorted({1, 2, 3, 10, 100, 1000, times // 2}):
            if 0 < n < times:
                yield _with_node(given, i, {**node, "times": n})


def _earlier_output(given: Arguments) -> Iterator[Arguments]:
    """Stop early; what is no single number is summed, if the program knows how to."""
    outputs, nodes, n = _outputs(given), given["nodes"], len(given["leaves"])
    if len(outputs) > 1:
        return
    sums = any(node["op"] == "sum" for node in nodes)
    for k in range(n, outputs[0]):
        yield _pruned({**given, "outputs": [k]})
        if sums and not _is_full_sum(nodes[outputs[0] - n], k):
            cut = {**given, "nodes": [*nodes[: k - n + 1], {"op": "sum", "of": [k]}]}
            yield _pruned({**cut, "outputs": [k + 1]})


def _is_full_sum(node: dict[str, Any], k: int) -> bool:
    """Whether the program is the one with a sum after value k already."""
    return node["op"] == "sum" and list(node["of"]) == [k] and not node.get("options")


def _without_a_node(given: Arguments) -> Iterator[Arguments]:
    """One of its operands in the place of a node."""
    n = len(given["leaves"])
    for i in reversed(range(len(given["nodes"]))):
        for operand in dict.fromkeys(one for one in given["nodes"][i]["of"] if type(one) is int):
            if n + i in _outputs(given) and operand < n:
                continue  # a leaf is no output
            yield _pruned(_renumbered(given, {n + i: operand}))


def _fewer_blocks(given: Arguments) -> Iterator[Arguments]:
    """A node outside its innermost block, or blocks that end in the ordinary way."""
    for i, node in enumerate(given["nodes"]):
        if node.get("interrupted"):
            yield _with_node(given, i, {**node, "interrupted": False})
        if node.get("no_grad", 0) > bool(node.get("interrupted")):
            yield _with_node(given, i, {**node, "no_grad": node["no_grad"] - 1})


def _fewer_leaves(given: Arguments) -> Iterator[Arguments]:
    """One leaf in the place of another of the same shape."""
    leaves = given["leaves"]
    for i in reversed(range(len(leaves))):
        for j in range(i):
            if np.shape(leaves[i]) == np.shape(leaves[j]):
                yield _pruned(_renumbered(given, {i: j}))


def _rounder_floats(given: Arguments) -> Iterator[Arguments]:
    for i, leaf in enumerate(given["leaves"]):
        for simple in _simpler(leaf):
            yield {**given, "leaves": [*given["leaves"][:i], simple, *given["leaves"][i + 1 :]]}
    for i, node in enumerate(given["nodes"]):
        for at, operand in enumerate(node["of"]):
            for simple in _simpler(operand):
                operands = [simple if j == at else one for j, one in enumerate(node["of"])]
                yield _with_node(given, i, {**node, "of": operands})


def _simpler(number: Any) -> Iterator[float]:
    """Other floats with fewer digits."""
    if type(number) is float:
        for simple in (1.0, 2.0, 3.0, round(number) + 0.0, round(number, 1) + 0.0):
            if (len(repr(simple)), abs(simple)) < (len(repr(number)), abs(number)):
                yield simple


# editing a program


def _with_node(given: Arguments, i: int, node: dict[str, Any]) -> Arguments:
    nodes = given["nodes"]
    return {**given, "nodes": [*nodes[:i], node, *nodes[i + 1 :]]}


def _renumbered(given: Arguments, new: dict[int, int]) -> Arguments:
    """With other indices for the values in `new`."""
    nodes = [
        {**node, "of": [new.get(one, one) if type(one) is int else one for one in node["of"]]}
        for node in given["nodes"]
    ]
    return {**given, "nodes": nodes, "outputs": [new.get(k, k) for k in _outputs(given)]}


def _pruned(given: Arguments) -> Arguments:
    """Without the nodes and leaves that no output depends on."""
    leaves, nodes, outputs = given["leaves"], given["nodes"], _outputs(given)
    needed = set(outputs)
    for i in reversed(range(len(nodes))):
        if len(leaves) + i in needed:
            needed.update(one for one in nodes[i]["of"] if type(one) is int)
    kept = sorted(needed)
    new = {old: position for position, old in enumerate(kept)}
    renumbered = _renumbered({**given, "outputs": outputs}, new)
    return {
        **renumbered,
        "leaves": [leaf for i, leaf in enumerate(leaves) if i in needed],
        "nodes": [node for i, node in enumerate(renumbered["nodes"], start=len(leaves)) if i in needed],
    }
