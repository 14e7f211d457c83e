"""The small changes that mutation makes: for a node of a program, what may stand in its place.

Each is a slip that somebody could make: another operator, a constant next door, a sign, an axis, one off, a
term or a statement left out, two operands the wrong way round, a function for its neighbour. Nothing of the
program is executed: nodes in, nodes out.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from itertools import chain

Nodes = Iterator[ast.AST]
Mutator = Callable[[ast.AST, Sequence[ast.AST]], Nodes]  # the node, and those around it, the nearest first

BINARY: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.FloorDiv,),
}
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
PAIRS = (
    ("mean", "sum"),
    ("max", "min"),
    ("maximum", "minimum"),
    ("argmax", "argmin"),
    ("sin", "cos"),
    ("sinh", "cosh"),
    ("exp", "expm1"),
    ("log", "log1p"),
    ("std", "var"),
    ("zeros", "ones"),
    ("zeros_like", "ones_like"),
    ("floor", "ceil"),
    ("any", "all"),
    ("cumsum", "cumprod"),
    ("erf", "erfc"),
    ("vstack", "hstack"),
    ("triu", "tril"),
    ("tanh", "sigmoid"),
)
NEIGHBOURS = {**dict(PAIRS), **{b: a for a, b in PAIRS}, "pi": "e"}
ELSEWHERE = {("np", "tanh"): "arctan", ("math", "tanh"): "atan"}  # there is no sigmoid there
BUILTIN = ("max", "min", "any", "all")  # whose neighbour is built in, too
AXES = ("axis", "dim")
KEEP = {"axis": "keepdims", "dim": "keepdim"}
REDUCTIONS = ("sum", "mean", "std", "var", "max", "min", "prod")
NO_VALUES = ("range", "len", "enumerate", "zip", "super", "isinstance")  # are not dropped for their argument
COMMUTE = ("maximum", "minimum", "add", "multiply", "max", "min")
MAX_SWAPPED = 6  # elements of a display whose neighbours are swapped


def replacements(node: ast.AST, around: Sequence[ast.AST]) -> Nodes:
    """All that may stand in the place of a node."""
    return chain.from_iterable(mutator(node, around) for mutator in MUTATORS)


# operators


def _binary(node: ast.AST, _around: Sequence[ast.AST]) -> Nodes:
    """Another operator, and the operands the other way round."""
    if not isinstance(node, ast.BinOp):
        return
    for kind in BINARY.get(type(node.op), ()):
        yield ast.BinOp(node.left, kind(), node.right)
    if isinstance(node.op, ast.Sub | ast.Div | ast.Pow | ast.MatMult):
        yield ast.BinOp(node.right, node.op, node.left)


def _terms(node: ast.AST, _around: Sequence[ast.AST]) -> Nodes:
    """One side of a sum, a product, a power."""
    if not isinstance(node, ast.BinOp) or type(node.op) not in BINARY:
        return
    yield node.left
    if isinstance(node.op, ast.Add | ast.Mult | ast.MatMult):
        yield node.right
    elif isinstance(node.op, ast.Sub):
        yield ast.UnaryOp(ast.USub(), node.right)
    elif isinstance(node.op, ast.Div):
        yield ast.BinOp(ast.Constant(1), ast.Div(), node.right)


def _in_place(node: ast.AST, _around: Sequence[ast.AST]) -> Nodes:
    """Another operator, or none: overwritten where it should be added up."""
    if isinstance(node, ast.AugAssign):
        for kind in BINARY.get(type(node.op), ()):
            yield ast.AugAssign(node.target, kind(), node.value)
        yield ast.Assign([node.target], node.value, lineno=node.lineno)


def _comparison(node: ast.AST, _around: Sequence[ast.AST]) -> Nodes:
    if isinstance(node, ast.Compare):
        for i, operator in enumerate(node.ops):
            for kind in COMPARISONS[type(operator)]:
                yield ast.Compare(node.left, [*node.ops[:i], kind(), *node.ops[i + 1 :]], node.comparators)


def _logic(node: ast.AST, _around: Sequence[ast.AST]) -> Nodes:
    """and for or, an operand left out, a negation left out, the other branch."""
    if isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        yield from node.values
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.Invert):
        yield node.operand
    elif isinstance(node, ast.IfExp):
        yield ast.IfExp(node.test, node.orelse, node.body)
        yield node.body
        yield node.orelse


# constants and signs


def _constant(node: ast.AST, around: Sequence[ast.AST]) -> Nodes:
    """0, 1, one more, one less, turned, doubled, halved; True for False."""
    value = _number(node)
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif value is None or _number(around[0]) is not None or _is_axis(around[0]):
        return
    elif isinstance(value, int):
        others = dict.fromkeys((0, 1, value + 1, value - 1, -value, 2 * value, value // 2))
        yield from (_written(other) for other in others if other != value)
    else:
        wide = dict.fromkeys((0.0, 1.0, -value, 2 * value, value / 2))
        yield from (_written(other) for other in wide if other != value)


def _number(node: ast.AST) -> int | float | None:
    """What is written there as a number, a minus before it included."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = _number(node.operand) if isinstance(node.operand, ast.Constant) else None
        return None if value is None else -value
    number = isinstance(node, ast.Constant) and type(node.value) in (int, float)
    return node.value if number else None  # type: ignore[attr-defined]


def _written(value: float) -> ast.expr:
    """As Python parses it, so that a negative one stands right under a power."""
    return ast.UnaryOp(ast.USub(), ast.Constant(-value)) if value < 0 else ast.Constant(value)


def _sign(node: ast.AST, around: Sequence[ast.AST]) -> Nodes:
    """A minus left out, or one too many in what is returned or assigned."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and _number(node) is None:
        yield node.operand
    elif isinstance(node, ast.expr) and _is_result(node, around):
        yield ast.UnaryOp(ast.USub(), node)


def _is_result(node: ast.expr, around: Sequence[ast.AST]) -> bool:
    if isinstance(around[0], ast.Assign):
        return isinstance(node, ast.BinOp)
    holder = around[1] if isinstance(around[0], ast.Tuple) else around[0]
    return isinstance(holder, ast.Return) and not isinstance(node, ast.Constant | ast.Tuple | ast.UnaryOp)


# axes, bounds, indices


def _is_axis(holder: ast.AST) -> bool:
    return isinstance(holder, ast.keyword) and holder.arg in AXES


def _axis(node: ast.AST, _around: Sequence[ast.AST]) -> Nodes:
    """Another axis, or all of them."""
    if isinstance(node, ast.keyword) and _is_axis(node):
        for value in (*map(_written, (0, 1, -1)), ast.Constant(None)):
            if ast.dump(value) != ast.dump(node.value):
                yield ast.keyword(node.arg, value)


def _kept(node: ast.AST, _around: Sequence[ast.AST]) -> Nodes:
    """The axis that was summed over is kept; where it is, the constant is turned."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return
    given = [one.arg for one in node.keywords]
    for axis, keep in KEEP.items():
        if node.func.attr in REDUCTIONS and axis in given and keep not in given:
            yield ast.Call(node.func, node.args, [*node.keywords, ast.keyword(keep, ast.Constant(True))])


def _bounds(node: ast.AST, _around: Sequence[ast.AST]) -> Nodes:
    """One off at either end of a range or a slice, and in an index."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range":
        for i, bound in enumerate(node.args):
            for near in _one_off(bound):
                yield ast.Call(node.func, [*node.args[:i], near, *node.args[i + 1 :]], node.keywords)
        if len(node.args) == 1:
            yield ast.Call(node.func, [ast.Constant(1), *node.args], node.keywords)
    elif isinstance(node, ast.Slice):
        for near in _one_off(node.lower) if node.lower else iter([ast.Constant(1)]):
            yield ast.Slice(near, node.upper, node.step)
        for near in _one_off(node.upper) if node.upper else iter([_written(-1)]):
            yield ast.Slice(node.lower, near, node.step)
    elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Name):
        for near in _one_off(node.slice):
            yield ast.Subscript(node.value, near, node.ctx)


def _one_off(node: ast.expr) -> Iterator[ast.expr]:
    """A constant, and what is added to a name, is changed by itself."""
    if isinstance(node, ast.Name | ast.Attribute | ast.Call | ast.Subscript):
        yield ast.BinOp(node, ast.Add(), ast.Constant(1))
        yield ast.BinOp(node, ast.Sub(), ast.Constant(1))


# calls


def _neighbour(node: ast.AST, around: Sequence[ast.AST]) -> Nodes:
    """sum for mean, cos for sin, ..."""
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
        module = node.value.id if isinstance(node.value, ast.Name) else ""
        other = ELSEWHERE.get((module, node.attr)) or NEIGHBOURS.get(node.attr)
        if other is not None:
            yield ast.Attribute(node.value, other, node.ctx)
    elif isinstance(node, ast.Name) and node.id in BUILTIN and getattr(around[0], "func", None) is node:
        yield ast.Name(NEIGHBOURS[node.id], node.ctx)


def _without_call(node: ast.AST, around: Sequence[ast.AST]) -> Nodes:
    """What is called on, or with, for what is made of it: a root, a sum, a copy, a transposition left out."""
    if isinstance(node, ast.Attribute) and node.attr in ("T", "mT"):
        yield node.value
    if not isinstance(node, ast.Call) or isinstance(around[0], ast.Expr | ast.withitem):
        return
    on_module = isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
    if isinstance(node.func, ast.Attribute) and not (on_module and node.args):
        yield node.func.value
    elif node.args and not (isinstance(node.func, ast.Name) and node.func.id in NO_VALUES):
        yield node.args[0]


def _swapped(node: ast.AST, _around: Sequence[ast.AST]) -> Nodes:
    """Two neighbouring arguments, or elements of a tuple or list, the wrong way round."""
    if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] not in COMMUTE:
        for args in _exchanged(node.args):
            yield ast.Call(node.func, args, node.keywords)
    elif isinstance(node, ast.Tuple | ast.List) and isinstance(node.ctx, ast.Load):
        for elements in _exchanged(node.elts):
            yield type(node)(elements, node.ctx)


def _exchanged(nodes: list[ast.expr]) -> Iterator[list[ast.expr]]:
    for i in range(min(len(nodes), MAX_SWAPPED) - 1):
        if not any(isinstance(one, ast.Starred) for one in nodes[i : i + 2]):
            yield [*nodes[:i], nodes[i + 1], nodes[i], *nodes[i + 2 :]]


# statements


def _condition(node: ast.AST, _around: Sequence[ast.AST]) -> Nodes:
    """A condition turned round, always, never."""
    if isinstance(node, ast.If | ast.While):
        always = (ast.Constant(True),) if isinstance(node, ast.If) else ()
        for test in (ast.UnaryOp(ast.Not(), node.test), *always, ast.Constant(False)):
            yield _with(node, test=test)


def _with(node: ast.stmt, **fields: object) -> ast.stmt:
    changed = copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _left_out(node: ast.AST, around: Sequence[ast.AST]) -> Nodes:
    """A statement left out, if the program can still be run without it."""
    if isinstance(node, ast.With):
        yield ast.If(ast.Constant(True), node.body, [])
    elif isinstance(node, ast.AugAssign | ast.For | ast.Continue | ast.Break | ast.Raise | ast.Assert) or (
        (isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant))
        or (isinstance(node, ast.Assign) and _is_bound_already(node, around))
        or (isinstance(node, ast.Return) and not _is_last(node, around[0]))
    ):
        yield ast.Pass()


def _is_last(node: ast.stmt, holder: ast.AST) -> bool:
    """Whether a function ends with it: without its result it would be no function."""
    return isinstance(holder, ast.FunctionDef) and holder.body[-1] is node


def _is_bound_already(node: ast.Assign, around: Sequence[ast.AST]) -> bool:
    """Whether what is assigned to exists before: otherwise it is a name that nobody knows."""
    scope = next(one for one in around if isinstance(one, ast.FunctionDef | ast.ClassDef | ast.Module))
    names = {one.id for target in node.targets for one in _stored(target)}
    known = {one.id for one in _stored(scope) if one.lineno < node.lineno}
    if isinstance(scope, ast.FunctionDef):
        known |= {one.arg for one in ast.walk(scope.args) if isinstance(one, ast.arg)}
    return names <= known


def _stored(node: ast.AST) -> Iterator[ast.Name]:
    return (one for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store))


MUTATORS: tuple[Mutator, ...] = (
    _binary,
    _terms,
    _in_place,
    _comparison,
    _logic,
    _constant,
    _sign,
    _axis,
    _kept,
    _bounds,
    _neighbour,
    _without_call,
    _swapped,
    _condition,
    _left_out,
)
