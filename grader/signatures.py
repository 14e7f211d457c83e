"""What a signature and a starter promise, compared with what an exercise declares. Nothing here is run."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from grader.exercise import Entry, EntryKind, Exercise
from grader.table import Table


def check_signature(row: Table, entry: Entry) -> None:
    """The signature that the student reads names the parameters and results that are declared.

    That of a function which an entry only calls may say anything.
    """
    called, _, results = entry.signature.replace("'", "").partition("->")
    try:
        function = ast.parse(f"def {called}: ...").body[0]
    except SyntaxError:
        row.refuse("signature", "a name with its parameters, such as f(x, y) -> z", entry.signature)
    if not isinstance(function, ast.FunctionDef) or function.name != entry.name.replace("'", ""):
        return
    if _parameters(function) != entry.parameters:
        due = f"those of the signature, {_shown(_parameters(function))}"
        row.refuse("parameters", due, list(entry.parameters))
    if len(entry.returns) > 1 and results.strip() != _shown(entry.returns):
        row.refuse("returns", f"those of the signature,{results}", list(entry.returns))


def lacking(exercise: Exercise) -> str:
    """What the starter lacks of the entries, in words; empty if nothing."""
    if exercise.of_formulas:
        written = re.findall(r"(?m)^ *([A-Za-z_]\w*'*) *\(", exercise.starter)
        lacks = [entry.name for entry in exercise.entries if entry.name not in written]
        return f"it has no line for {lacks[0]}" if lacks else ""
    try:
        tree = ast.parse(exercise.starter)
    except (SyntaxError, ValueError) as error:
        return f"it is not valid Python: {error}"
    there = {one.name: one for one in tree.body if isinstance(one, ast.FunctionDef | ast.ClassDef)}
    return next(filter(None, (_lacking(there.get(one.name), one) for one in exercise.entries)), "")


def _lacking(definition: ast.FunctionDef | ast.ClassDef | None, entry: Entry) -> str:
    if definition is None:
        return f"it defines no {entry.name}"
    if isinstance(definition, ast.ClassDef) != (entry.kind is EntryKind.CLASS):
        return f"its {entry.name} is no {entry.kind}"
    if isinstance(definition, ast.FunctionDef):
        taken = _parameters(definition)
    else:
        made = [m for m in definition.body if isinstance(m, ast.FunctionDef) and m.name == "__init__"]
        taken = _parameters(made[0])[1:] if made else entry.parameters
    if taken == entry.parameters:
        return ""
    return f"its {entry.name} takes {_shown(taken)}, and {_shown(entry.parameters)} is declared"


def _parameters(function: ast.FunctionDef) -> tuple[str, ...]:
    given = function.args
    return tuple(one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs))


def _shown(names: Sequence[str]) -> str:
    return f"({', '.join(names)})"
