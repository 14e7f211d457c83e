"""An input as Python text that makes it again, when it is short enough to be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.calling import sent
from grader.exercise import Engine, Entry, EntryKind
from grader.graph import OPERATORS, Graph, Node
from grader.question import Case, History
from grader.values import Rng, Tensor

MAX_NUMBERS = 40
MAX_FUNCTION = 500
MAX_TEXT = 700 + MAX_FUNCTION
MAX_SHOWN = 2_000
DIGITS = 10
INDENT = "    "


def as_python(case: Case, entry: Entry) -> str | None:
    """One assignment for each argument, or what drives an optimizer; None where that would be long."""
    engine = entry.engine
    graph = Graph.of(case.arguments, (*engine.operators, *entry.methods)) if engine else None
    if (graph.numbers if graph else case.size()) > MAX_NUMBERS:
        return None
    if graph and engine:
        lines = _program(graph, entry.name, engine)
    else:
        lines = _journey(case, entry) if entry.kind is EntryKind.CLASS else _arguments(case, entry)
    text = "\n".join(lines)
    return text if len(text) <= MAX_TEXT else None


def _arguments(case: Case, entry: Entry) -> list[str]:
    """What the function is given: a reference may need more than that."""
    lines = [_function(name, case.functions[name]) for name in entry.parameters if name in case.functions]
    given = ((name, sent(name, case.arguments[name])) for name in entry.parameters if name in case.arguments)
    return [*lines, *(f"{name} = {expression(value)}" for name, value in given)]


def _function(name: str, written: str) -> str:
    """The text that defines it, where the author wrote one and it can be read at a glance."""
    return written if 0 < len(written) <= MAX_FUNCTION else f"{name} = ...  # a function"


def _journey(case: Case, entry: Entry) -> list[str]:
    history = History.of(case)
    options = "".join(f", {name}={expression(value)}" for name, value in history.options.items())
    lines = [f"params = {expression(history.params)}", f"optimizer = {entry.name}(params{options})"]
    for step in history.steps:
        lines += [f"optimizer.{name} = {expression(value)}" for name, value in step.attributes.items()]
        lines.append(f"optimizer.step({expression(step.grads)})")
    return lines


def _program(graph: Graph, constructor: str, engine: Engine) -> list[str]:
    """The lines that build the graph and go backward."""
    names, n = graph.names(), len(graph.leaves)
    lines = [f"{names[i]} = {constructor}({expression(leaf)})" for i, leaf in enumerate(graph.leaves)]
    done = n
    for position, k in enumerate(graph.outputs):
        made = [
            (graph.nodes[i - n], _node_lines(graph.nodes[i - n], names[i], names)) for i in range(done, k + 1)
        ]
        lines += _stretches(made, engine.no_grad)
        done = max(done, k + 1)
        remark = "  # a RuntimeError is due" if position in graph.refused else ""
        lines.append(f"{names[k]}.{engine.backward}(){remark}")
    return lines


Made = tuple[Node, list[str]]  # a node and the lines that make its value


def _stretches(made: Sequence[Made], switch: str) -> list[str]:
    """The lines of some nodes, those in blocks as they stand in them."""
    lines: list[str] = []
    stretch: list[Made] = []
    for node, of_node in made:
        if not node.no_grad:
            lines += [*_block(stretch, switch), *of_node]
            stretch = []
            continue
        stretch.append((node, of_node))
        if node.interrupted:
            lines += _block(stretch, switch)
            stretch = []
    return lines + _block(stretch, switch)


def _block(stretch: Sequence[Made], switch: str) -> list[str]:
    lines: list[str] = []
    depth = 0
    for node, of_node in stretch:
        lines += [f"{INDENT * d}with {switch}():" for d in range(depth, node.no_grad)]
        depth = node.no_grad
        lines += [INDENT * depth + line for line in of_node]
    if not stretch or not stretch[-1][0].interrupted:
        return lines
    raised = [*lines, f"{INDENT * depth}raise ValueError", 'print("never printed")']
    return ["try:", *(INDENT + line for line in raised), "except ValueError:", f"{INDENT}pass"]


def _node_lines(node: Node, name: str, names: list[str]) -> list[str]:
    first, *others = [names[one] if type(one) is int else _operand(one) for one in node.operands]
    if node.times == 1:
        return [f"{name} = {_operation(node, [first, *others])}"]
    return [
        f"{name} = {first}",
        f"for _ in range({node.times}):",
        f"    {name} = {_operation(node, [name, *others])}",
    ]


def _operation(node: Node, operands: list[str]) -> str:
    if node.op == "getitem":
        key = ", ".join(one if isinstance(one, str) else expression(one) for one in node.options["key"])
        return f"{operands[0]}[{key}]"
    if node.op in OPERATORS:
        return OPERATORS[node.op].format(*operands)
    options = [f"{name}={expression(value)}" for name, value in node.options.items()]
    return f"{operands[0]}.{node.op}({', '.join([*operands[1:], *options])})"


def _operand(constant: Any) -> str:
    """A negative number in parentheses: a power binds more tightly than its sign."""
    text = expression(constant)
    return f"({text})" if text.startswith("-") else text


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
