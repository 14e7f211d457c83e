"""Mutants of a program: the same text with one small change in it. The text is read, never executed."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any

from grader.errors import ExerciseError
from grader.mutators import replacements

UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)
SKIPPED = (ast.Import, ast.ImportFrom, ast.JoinedStr, ast.Global, ast.Nonlocal)
NOT_CODE = ("annotation", "returns", "decorator_list", "type_comment")
PLACEHOLDER = "pass"


class Mutant:
    """One change. `was` and `becomes` are the statement in Python's own spelling; of a block, its head.

    `within` is the head of the block around it; empty for a statement of the module.
    """

    def __init__(self, root: ast.Module, place: _Place, replacement: ast.AST) -> None:
        self._root, self._place, self._replacement = root, place, replacement
        self.line = place.line
        self.description = f"line {place.line}: {_text(place.node)} became {_text(replacement)}"
        self.within = "" if isinstance(place.block, ast.Module) else head(place.block)
        self.was = head(place.statement)
        with place.holding(replacement):
            self.becomes = head(replacement if place.node is place.statement else place.statement)

    @property
    def source(self) -> str:
        """The whole program, in Python's own spelling."""
        with self._place.holding(self._replacement):
            return ast.unparse(self._root)


def mutants_of(source: str, *, file: str) -> list[Mutant]:
    """All of them, in the order of the lines."""
    try:
        root = ast.parse(source)
        return [
            Mutant(root, place, replacement)
            for place in _places(root, [])
            for replacement in replacements(place.node, place.around)
        ]
    except UNREADABLE as error:
        raise ExerciseError(f"{file}: expected Python that can be read: {error}") from error


def canonical(source: str) -> str:
    """The program in Python's own spelling: what differs only in layout is the same."""
    return ast.unparse(ast.parse(source))


def canonical_statement(text: str) -> str | None:
    """One statement, or the head of a block, likewise; None if it is neither."""
    for complete in (text, f"{text}\n    {PLACEHOLDER}"):
        try:
            body = ast.parse(complete).body
            return head(body[0]) if len(body) == 1 else None
        except UNREADABLE:
            continue
    return None


def compiles(source: str) -> bool:
    """Whether Python takes it for a program. It is not executed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source, "mutant", "exec", dont_inherit=True)
    except UNREADABLE:
        return False
    return True


def head(statement: ast.AST) -> str:
    """The statement; of one that holds others, the line that they stand under."""
    if not hasattr(statement, "body"):
        return ast.unparse(statement)
    bare: Any = copy(statement)
    bare.body = [ast.Pass()]
    for name in ("orelse", "decorator_list"):
        if hasattr(bare, name):
            setattr(bare, name, [])
    return ast.unparse(bare).removesuffix(PLACEHOLDER).rstrip()


class _Place:
    """A node, where it hangs, and what is around it, the nearest first."""

    def __init__(self, node: ast.AST, field: str, index: int | None, around: list[ast.AST]) -> None:
        self.node, self.around = node, around
        self._field, self._index = field, index
        chain = [node, *around]
        self.statement = next(one for one in chain if isinstance(one, ast.stmt))
        self.block = chain[chain.index(self.statement) + 1]
        self.line = int(next(one.lineno for one in chain if hasattr(one, "lineno")))

    @contextmanager
    def holding(self, replacement: ast.AST) -> Iterator[None]:
        """Another node in its place, for a while."""
        self._put(replacement)
        try:
            yield
        finally:
            self._put(self.node)

    def _put(self, node: ast.AST) -> None:
        if self._index is None:
            setattr(self.around[0], self._field, node)
        else:
            getattr(self.around[0], self._field)[self._index] = node


def _places(node: ast.AST, around: list[ast.AST]) -> Iterator[_Place]:
    """Every node below this one, in the order of the text."""
    inner = [node, *around]
    for field, value in ast.iter_fields(node):
        if field in NOT_CODE:
            continue
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.AST) and not isinstance(child, SKIPPED):
                if isinstance(child, ast.stmt | ast.expr | ast.keyword | ast.Slice):
                    yield _Place(child, field, index, inner)
                yield from _places(child, inner)


def _text(node: ast.AST) -> str:
    """For a description, on one line."""
    if isinstance(node, ast.keyword):
        return f"{node.arg}={ast.unparse(node.value)}"
    return head(node).replace("\n", " ") if isinstance(node, ast.stmt) else ast.unparse(node)
