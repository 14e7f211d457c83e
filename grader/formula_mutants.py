"""Mutants of typed formulas. Each right side is spelled as Python does, which can be read as a formula, too,
and broken there as a program would be.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from grader.errors import ExerciseError
from grader.exercise import Exercise
from grader.formula.sheet import Sheet, read
from grader.formula.tree import Call, Constant, Enclosed, Node, Power, Product, Sum, Variable
from grader.mutants import Mutant, mutants_of

NAMED = {math.pi: "pi", math.e: "e"}

Names = Mapping[str, Sequence[str]]  # of the formulas that are asked for, with their variables


class FormulaMutant:
    """One change in one formula. `was` and `becomes` are its line."""

    within = ""

    def __init__(self, heads: list[str], found: Mutant) -> None:
        self._heads, self._found = heads, found
        self.line = found.line
        head = heads[found.line - 1]
        self.description = f"{head.removesuffix(' =')}: {found.description.partition(': ')[2]}"
        self.was, self.becomes = (_line(head, text) for text in (found.was, found.becomes))

    @property
    def source(self) -> str:
        """All formulas, one of them changed."""
        lines = self._found.source.split("\n")
        return "\n".join(_line(head, line) for head, line in zip(self._heads, lines, strict=True))


def names_of(exercise: Exercise) -> Names:
    """What is asked for."""
    return {entry.name: entry.parameters for entry in exercise.entries}


def formula_mutants(source: str, names: Names, *, file: str) -> list[FormulaMutant]:
    """All of them, in the order of the lines."""
    heads, program = _program(_sheet(source, names, file))
    return [FormulaMutant(heads, one) for one in mutants_of(program, file=file)]


def canonical(source: str, names: Names, *, file: str) -> str:
    """The formulas in one spelling: what differs only in layout is the same."""
    heads, program = _program(_sheet(source, names, file))
    lines = ast.unparse(ast.parse(program)).split("\n")
    return "\n".join(_line(head, line) for head, line in zip(heads, lines, strict=True))


def is_readable(source: str, names: Names) -> bool:
    """Whether a student could hand it in and have all of it read."""
    return not _unreadable(read(source, names), names)


def _unreadable(sheet: Sheet, names: Names) -> bool:
    return bool(sheet.unreadable or sheet.stray or set(sheet.formulas) != set(names))


def _sheet(source: str, names: Names, file: str) -> Sheet:
    sheet = read(source, names)
    if _unreadable(sheet, names):
        raise ExerciseError(f"{file}: expected a formula that can be read for each of {', '.join(names)}")
    return sheet


def _program(sheet: Sheet) -> tuple[list[str], str]:
    """The left sides, and a program that assigns each right side."""
    heads = [f"{name} =" for name in sheet.formulas]
    trees = [one.tree for one in sheet.formulas.values()]
    return heads, "\n".join(f"_{i} = {_spelled(tree)}" for i, tree in enumerate(trees))


def _line(head: str, assignment: str) -> str:
    return f"{head} {assignment.partition(' = ')[2]}"


def _spelled(node: Node) -> str:
    """In Python, with more parentheses than it takes."""
    match node:
        case Constant(number=number):
            return NAMED.get(number) or repr(int(number) if number.is_integer() else number)
        case Variable(name=name):
            return name
        case Enclosed(inner=inner):
            return _spelled(inner)
        case Power(base=base, exponent=exponent):
            return f"({_spelled(base)} ** {_spelled(exponent)})"
        case Call(function=function, parts=parts):
            return f"{function.name}({', '.join(map(_spelled, parts))})"
    return f"({''.join(_operands(cast('Sum | Product', node)))})"


def _operands(node: Sum | Product) -> Iterator[str]:
    if isinstance(node, Sum):
        for i, (sign, term) in enumerate(node.terms):
            yield ("-" if sign < 0 else "+" if i else "") + _spelled(term)
    else:
        for i, (divides, factor) in enumerate(node.factors):
            yield ("/" if divides else "*" if i else "") + _spelled(factor)
