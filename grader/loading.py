"""From the files of an exercise to an `Exercise`, or an `ExerciseError` that says what to mend."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from grader import equivalents, table
from grader.errors import ExerciseError
from grader.exercise import (
    LIMIT_NAMES,
    RNG,
    TIME,
    CallBound,
    Check,
    CheckKind,
    Declared,
    Difficulty,
    Engine,
    Entry,
    EntryKind,
    Example,
    Exercise,
    Form,
    FormKind,
    Growth,
    Queue,
    Residual,
    Solution,
    ToleranceRule,
    Visibility,
)
from grader.forms import MAX_NESTING
from grader.graph import OPERATORS
from grader.sandbox import Limits, Runtime
from grader.signatures import check_signature
from grader.table import Table
from grader.tolerance import RULES

MANIFEST = "exercise.toml"
REQUIRED_FILES = (MANIFEST, "statement.md", "reference.py")
OPTIONAL_FILES = (equivalents.FILE,)
WRITTEN_FILES = ("starter", "baseline")  # in the student's language, the first of them required
LEFT_BEHIND = re.compile(r"(^|/)(\.|__pycache__/)|~$")  # by editors, file managers and Python
SOLUTION = re.compile(r"solutions/[A-Za-z0-9_]+")
MAX_NESTED = 10_000  # values of a nested answer
FORMULA_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*'*")
MAX_FILE = 256 * 1024  # characters
MAX_POINTS = 1000
MIN_SIZES = 3  # through which a line is fitted
AGAINST_BASELINE = (CheckKind.TIME, CheckKind.MEMORY)
MEASURED = (*AGAINST_BASELINE, CheckKind.COMPLEXITY)
COUNTED = (CheckKind.VALUE, CheckKind.PROPERTY, CheckKind.COMPLEXITY)


def load_exercise(folder: Path) -> Exercise:
    """The exercise in that folder."""
    if not folder.is_dir():
        raise ExerciseError(f"{folder}: there is no such folder; expected that of an exercise")
    try:
        return exercise_from_files(_read_folder(folder))
    except ExerciseError as error:
        raise ExerciseError(f"{folder.name}/{error}") from error


def exercise_from_files(files: Mapping[str, str]) -> Exercise:
    """The exercise in these texts, keyed by their path inside the folder."""
    _check_files(files)
    root = table.parse(files[MANIFEST], file=MANIFEST)
    entries = _unique("entries", [_entry(row) for row in root.tables("entries")])
    _check_language(files, entries)
    by_name = {entry.name: entry for entry in entries}
    checks = _unique("checks", [_check(row, by_name, files) for row in root.tables("checks")])
    exercise = Exercise(
        number=root.whole("number", minimum=1),
        slug=root.name("slug"),
        title=root.text("title"),
        summary=root.text("summary"),
        runtime=root.choice("runtime", Runtime, Runtime.NUMPY),
        queue=root.choice("queue", Queue, Queue.CPU),
        minutes=root.whole("minutes", minimum=1),
        difficulty=root.choice("difficulty", Difficulty, Difficulty.MEDIUM),
        prerequisites=root.names("prerequisites", ()),
        conventions=root.texts("conventions", ()),
        hints=root.texts("hints", ()),
        entries=entries,
        limits=_limits(root.table("limits")),
        checks=checks,
        solutions=tuple(_solution(row, checks, files) for row in root.tables("solutions")),
        variants=tuple(_variant(row, checks, files) for row in root.tables("variants")),
        examples=tuple(_example(row, by_name, checks) for row in root.tables("examples")),
        files=dict(sorted(files.items())),
        digest=digest(files),
    )
    root.finish()
    _check_solutions_declared(exercise)
    _check_variants_fit(exercise)
    exercise = replace(exercise, equivalents=equivalents.read(exercise))
    if exercise.queue is Queue.GPU and exercise.runtime is not Runtime.TORCH:
        raise ExerciseError(f'{MANIFEST}: queue = "gpu" expects runtime = "torch", got "{exercise.runtime}"')
    return exercise


def digest(files: Mapping[str, str]) -> str:
    """sha256 over the sorted files; two exercises with the same digest grade alike."""
    sha = hashlib.sha256()
    for path, text in sorted(files.items()):
        data = text.encode()
        sha.update(f"{path}\0{len(data)}\0".encode())
        sha.update(data)
    return sha.hexdigest()


# files


def _read_folder(folder: Path) -> dict[str, str]:
    """All of it, so that a misspelt name is an error; but not what editors and Python leave behind."""
    if not (folder / MANIFEST).is_file():
        raise ExerciseError(f"{MANIFEST}: is missing from the exercise's folder")
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    there = sorted(name for name in paths if not LEFT_BEHIND.search(name))
    return {name: _read(paths[name], folder) for name in there}


def _read(path: Path, folder: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ExerciseError(f"{path.relative_to(folder)}: expected a readable UTF-8 text: {error}") from error


def _check_files(files: Mapping[str, str]) -> None:
    for name in REQUIRED_FILES:
        if name not in files:
            raise ExerciseError(f"{name}: is missing from the exercise's folder")
    for path, text in files.items():
        if len(text) > MAX_FILE or "\0" in text:
            raise ExerciseError(f"{path}: expected a text of at most {MAX_FILE} characters without NUL")
    if not files["statement.md"].strip():
        raise ExerciseError("statement.md: expected some text, and it is empty")
    _check_parses("reference.py", files["reference.py"])


def _check_language(files: Mapping[str, str], entries: tuple[Entry, ...]) -> None:
    """What the student writes, and what is stored as if a student had written it, is all of one language."""
    kinds = {entry.kind is EntryKind.FORMULA for entry in entries}
    if len(kinds) > 1:
        raise ExerciseError(f"{MANIFEST}: entries: expected formulas only, or functions and classes only")
    suffix = ".txt" if kinds == {True} else ".py"
    written = tuple(name + suffix for name in WRITTEN_FILES)
    if written[0] not in files:
        raise ExerciseError(f"{written[0]}: is missing from the exercise's folder")
    for path in files:
        is_solution = path.endswith(suffix) and SOLUTION.fullmatch(path.removesuffix(suffix))
        if path not in (*REQUIRED_FILES, *written, *OPTIONAL_FILES) and not is_solution:
            known = ", ".join((*REQUIRED_FILES, *written, *OPTIONAL_FILES, f"solutions/<name>{suffix}"))
            raise ExerciseError(f"{path}: unknown file; an exercise has {known}")
    if "baseline.py" in files:
        _check_parses("baseline.py", files["baseline.py"])


def _check_parses(path: str, source: str) -> None:
    """Parsed, never run: author code runs in a box only."""
    try:
        ast.parse(source)
    except SyntaxError as error:
        where = f" in line {error.lineno}" if error.lineno else ""
        raise ExerciseError(f"{path}: expected valid Python: {error.msg}{where}") from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise ExerciseError(f"{path}: expected valid Python: {error}") from error


def _check_solutions_declared(exercise: Exercise) -> None:
    declared = [solution.file for solution in (*exercise.solutions, *exercise.variants)]
    for path in exercise.files:
        if path.startswith("solutions/") and path not in declared:
            raise ExerciseError(
                f"{MANIFEST}: solutions: expected a [[solutions]] or [[variants]] table for {path}"
            )
    for path in declared:
        if declared.count(path) > 1:
            raise ExerciseError(f"{MANIFEST}: solutions: {path} is declared more than once")


def _check_variants_fit(exercise: Exercise) -> None:
    """A measured check knows one right answer only."""
    for i, check in enumerate(exercise.checks):
        if exercise.accepted_variants and check.kind in MEASURED:
            due = "no check that measures beside an accepted variant"
            raise ExerciseError(f"{MANIFEST}: checks[{i}].kind: expected {due}, got {str(check.kind)!r}")


# tables


def _unique(key: str, rows: list[Any]) -> tuple[Any, ...]:
    names = [row.name for row in rows]
    if not rows:
        raise ExerciseError(f"{MANIFEST}: {key}: expected at least one [[{key}]] table")
    for i, name in enumerate(names):
        if name in names[:i]:
            raise ExerciseError(f"{MANIFEST}: {key}[{i}].name: {name!r} is taken; names must differ")
    return tuple(rows)


def _entry(row: Table) -> Entry:
    kind = row.choice("kind", EntryKind)
    is_class = kind is EntryKind.CLASS
    is_formula = kind is EntryKind.FORMULA
    name = _formula_name(row) if is_formula else row.name("name")
    entry = Entry(
        name=name,
        kind=kind,
        signature=row.text("signature"),
        parameters=row.names("parameters"),
        returns=() if is_class else (name,) if is_formula else row.names("returns"),
        methods=row.names("methods", ()) if is_class else (),
        attributes=row.names("attributes", ()) if is_class else (),
        engine=_engine(row.table("engine")) if is_class and "engine" in row else None,
    )
    row.finish()
    if not is_class and not entry.returns:
        row.refuse("returns", "at least one name")
    check_signature(row, entry)
    return entry


def _formula_name(row: Table) -> str:
    name = row.text("name")
    if not FORMULA_NAME.fullmatch(name):
        row.refuse("name", "a Python name that primes may follow, such as sigmoid'", name)
    return name


def _engine(row: Table) -> Engine:
    operators = row.names("operators")
    for name in operators:
        if name not in OPERATORS:
            row.refuse("operators", f"names out of {', '.join(OPERATORS)}", name)
    engine = Engine(
        operators=operators,
        data=row.name("data", Engine.data),
        grad=row.name("grad", Engine.grad),
        backward=row.name("backward", Engine.backward),
        no_grad=row.name("no_grad") if "no_grad" in row else Engine.no_grad,
        release="release" in row and row.flag("release"),
    )
    row.finish()
    return engine


def _limits(row: Table) -> Limits:
    given = {key: row.number(key, above=0) for key in LIMIT_NAMES if key in row}
    whole = {key: int(value) if not key.endswith("_s") else value for key, value in given.items()}
    for key in row:
        if key not in LIMIT_NAMES:
            row.refuse(key, f"one of the limits {', '.join(LIMIT_NAMES)}")
    return Limits(**whole)  # type: ignore[arg-type]  # the names are those of Limits


def _check(row: Table, entries: Mapping[str, Entry], files: Mapping[str, str]) -> Check:
    kind = row.choice("kind", CheckKind)
    entry = _entry_of(row, entries)
    intermediates = _intermediates(row, kind, entry)
    visibility = row.choice("visibility", Visibility, Visibility.ALL)
    check = Check(
        name=row.text("name"),
        kind=kind,
        entry=entry.name,
        group=row.text("group"),
        points=sum(intermediates.values()) if intermediates else row.whole("points"),
        intermediates=intermediates,
        visibility=visibility,
        visibility_after=row.choice("visibility_after", Visibility, visibility),
        reference=row.name("reference", _default_reference(row, kind, entry)),
        wrt=row.names("wrt") if _has_gradient(row, kind) else (),
        upstream=_upstream(row, entry) if _has_gradient(row, kind) else None,
        calls=_calls(row.table("calls"), entry) if kind in COUNTED else {},
        tolerance=_tolerance(row.table("tolerance")) if "tolerance" in row else RULES.get(kind),
        threshold=row.number("threshold", above=1) if kind in AGAINST_BASELINE else None,
        forms=_forms(row, entry) if kind is CheckKind.PROPERTY else (),
        residuals=_residuals(row) if kind is CheckKind.PROPERTY else (),
        seeded=kind is CheckKind.PROPERTY and "seeded" in row and row.flag("seeded"),
        growth=_growth(row.table("growth"), entry) if kind is CheckKind.COMPLEXITY else None,
        loss=row.number("loss", above=0) if _has_loss(row, kind) else None,
        target=row.name("target") if _has_loss(row, kind) else "",
        lesson=row.anchor("lesson"),
    )
    row.finish()
    _check_fits_entry(row, check, entry, files)
    return check


def _intermediates(row: Table, kind: CheckKind, entry: Entry) -> dict[str, int]:
    """A table of points scores each named value by itself."""
    if kind not in (CheckKind.VALUE, CheckKind.GRADIENT) or not row.holds_table("points"):
        return {}
    table = row.table("points")
    points = {name: table.whole(name) for name in table}
    if len(entry.returns) > 1 and set(points) != set(entry.returns):
        row.refuse("points", f"a number for each of returns ({', '.join(entry.returns)})", list(points))
    if "calls" in row:
        row.refuse("calls", "no bounds on calls where points are given for each value")
    return points


def _entry_of(row: Table, entries: Mapping[str, Entry]) -> Entry:
    name = row.text("entry")
    if name not in entries:
        row.refuse("entry", f"the name of an entry ({', '.join(entries)})", name)
    return entries[name]


def _default_reference(row: Table, kind: CheckKind, entry: Entry) -> str:
    if entry.kind is EntryKind.CLASS:
        return entry.name
    if kind is CheckKind.PROPERTY:
        return "residuals"
    if _has_loss(row, kind):
        return "loss"
    return "forward" if _has_gradient(row, kind) else "expected"


def _has_gradient(row: Table, kind: CheckKind) -> bool:
    """Formulas, and checks that measure, compare derivatives when they say with respect to what."""
    return kind is CheckKind.GRADIENT or (kind in (*MEASURED, CheckKind.FORMULA) and "wrt" in row)


def _has_loss(row: Table, kind: CheckKind) -> bool:
    """A time check looks at what was trained when it says which loss is due."""
    return kind is CheckKind.TRAINING or (kind is CheckKind.TIME and "loss" in row)


def _growth(row: Table, entry: Entry) -> Growth:
    of = row.name("of", TIME)
    if of != TIME and of not in entry.parameters:
        row.refuse("of", f"{TIME}, or a parameter of {entry.name} ({', '.join(entry.parameters)})", of)
    growth = Growth(of=of, sizes=row.wholes("sizes"), at_most=row.number("at_most", above=0))
    if len(growth.sizes) < MIN_SIZES or list(growth.sizes) != sorted(set(growth.sizes)):
        row.refuse("sizes", f"{MIN_SIZES} sizes or more, growing", list(growth.sizes))
    row.finish()
    return growth


def _upstream(row: Table, entry: Entry) -> str | None:
    if entry.kind is EntryKind.FORMULA:
        return None  # a number has one derivative, and needs no upstream
    name = row.name("upstream")
    if name not in entry.parameters:
        row.refuse("upstream", f"a parameter of {entry.name} ({', '.join(entry.parameters)})", name)
    return name


def _calls(row: Table, entry: Entry) -> dict[str, CallBound]:
    bounds = {}
    for name in row:
        if name not in entry.parameters:
            row.refuse(name, f"a parameter of {entry.name} ({', '.join(entry.parameters)})")
        bound = row.table(name)
        if ("exactly" in bound) == ("at_most" in bound):
            row.refuse(name, "{ exactly = n } or { at_most = n }", list(bound))
        key = "exactly" if "exactly" in bound else "at_most"
        bounds[name] = CallBound(**{key: bound.whole(key)})
        bound.finish()
    return bounds


def _tolerance(row: Table) -> ToleranceRule:
    reason = row.text("reason")
    if ("factor" in row) == ("rtol" in row or "atol" in row):
        row.refuse("", "either factor, or rtol and atol")
    rule = (
        ToleranceRule(reason=reason, factor=row.number("factor", above=0))
        if "factor" in row
        else ToleranceRule(reason=reason, rtol=row.number("rtol"), atol=row.number("atol"))
    )
    row.finish()
    return rule


def _forms(row: Table, entry: Entry) -> tuple[Form, ...]:
    table = row.table("result")
    forms = tuple(_form(table.table(name), entry) for name in entry.returns)
    table.finish()
    return forms


def _form(row: Table, entry: Entry) -> Form:
    kind = row.choice("kind", FormKind)
    nested = kind is FormKind.NESTED
    form = Form(
        kind=kind,
        shape=_shape(row, entry) if kind is FormKind.ARRAY else (),
        depth=row.whole("depth", MAX_NESTING, minimum=1) if nested else 0,
        size=row.whole("size", MAX_NESTED, minimum=1) if nested else 0,
    )
    row.finish()
    if form.depth > MAX_NESTING:
        row.refuse("depth", f"at most {MAX_NESTING}", form.depth)
    return form


def _shape(row: Table, entry: Entry) -> tuple[int | str, ...] | str:
    """A list of lengths and names of arguments, or the name of an argument with that shape."""
    given = row.raw("shape")
    parts = given if isinstance(given, list) else [given]
    for part in parts:
        if not (type(part) is int and part >= 0) and part not in entry.parameters:
            row.refuse(
                "shape", f"lengths, and parameters of {entry.name} ({', '.join(entry.parameters)})", given
            )
    return tuple(given) if isinstance(given, list) else str(given)


def _residuals(row: Table) -> tuple[Residual, ...]:
    found = []
    for one in row.tables("residuals"):
        if ("at_most" in one) == ("at_least" in one):
            one.refuse("", "either at_most or at_least")
        bound = "at_most" if "at_most" in one else "at_least"
        found.append(
            Residual(name=one.name("name"), sentence=one.text("sentence"), **{bound: one.number(bound)})
        )
        one.finish()
    if not found:
        row.refuse("residuals", "at least one [[checks.residuals]] table")
    return tuple(found)


def _check_fits_entry(row: Table, check: Check, entry: Entry, files: Mapping[str, str]) -> None:
    if check.points > MAX_POINTS:
        row.refuse("points", f"at most {MAX_POINTS}", check.points)
    if check.kind is CheckKind.TRAJECTORY and (entry.kind is not EntryKind.CLASS or entry.engine):
        row.refuse("kind", "value, gradient or time for a function, program for an engine", str(check.kind))
    if check.kind is CheckKind.PROGRAM and entry.engine is None:
        row.refuse("kind", "an entry with an engine table for a check of programs", str(check.kind))
    of_functions = (CheckKind.VALUE, CheckKind.GRADIENT, CheckKind.PROPERTY)
    if check.kind in of_functions and entry.kind is EntryKind.CLASS:
        row.refuse("kind", "trajectory or time for a class", str(check.kind))
    if (check.kind is CheckKind.FORMULA) != (entry.kind is EntryKind.FORMULA):
        row.refuse("kind", "formula for a formula, and for nothing else", str(check.kind))
    if entry.kind is EntryKind.FORMULA and not set(check.wrt) <= set(entry.parameters):
        row.refuse("wrt", f"a variable of {entry.name} ({', '.join(entry.parameters)})", list(check.wrt))
    if check.seeded and RNG not in entry.parameters:
        row.refuse("seeded", f"an entry with a parameter named {RNG}")
    if check.wrt and len(check.wrt) != len(entry.returns):
        row.refuse("wrt", f"one name for each of returns ({', '.join(entry.returns)})", list(check.wrt))
    if check.kind in AGAINST_BASELINE and "baseline.py" not in files:
        row.refuse("kind", f"a baseline.py beside exercise.toml, which {check.kind} is compared with")
    if check.kind is CheckKind.TRAINING and entry.kind is EntryKind.CLASS:
        row.refuse("kind", "an entry that is a function", str(check.kind))
    if check.kind is CheckKind.MEMORY and entry.kind is EntryKind.CLASS and entry.engine is None:
        row.refuse("kind", "an entry that is a function or an engine", str(check.kind))
    if check.loss is not None and len(entry.returns) > 2:
        row.refuse("entry", "returns = [predictions] or [predictions, losses]", list(entry.returns))


def _solution(row: Table, checks: tuple[Check, ...], files: Mapping[str, str]) -> Solution:
    outcome = row.choice("outcome", Declared)
    wrong = outcome is Declared.WRONG
    solution = Solution(
        file=row.text("file"),
        outcome=outcome,
        fails=row.text("fails") if wrong else "",
        name=row.text("name") if wrong else "",
        sentence=row.text("sentence") if wrong else "",
        hint=row.text("hint") if wrong else "",
        lesson=row.anchor("lesson") if wrong else "",
        at=_at(row, checks) if wrong else "",
    )
    row.finish()
    _check_stored(row, solution, checks, files)
    return solution


def _variant(row: Table, checks: tuple[Check, ...], files: Mapping[str, str]) -> Solution:
    accepted = row.flag("accepted")
    variant = Solution(
        file=row.text("file"),
        outcome=Declared.ACCEPTED if accepted else Declared.WRONG,
        fails="" if accepted else row.text("fails"),
        name=row.text("name"),
        sentence=row.text("sentence"),
        hint="" if accepted else row.text("hint"),
        lesson="" if accepted else row.anchor("lesson"),
        at="" if accepted else _at(row, checks),
        variant=True,
    )
    row.finish()
    _check_stored(row, variant, checks, files)
    return variant


def _at(row: Table, checks: tuple[Check, ...]) -> str:
    """Required where the check at which a program fails scores each value by itself.

    Without points the values may all be right, and an argument changed in place.
    """
    check = next((one for one in checks if one.name == row.text("fails")), None)
    if check is None or not check.intermediates:
        return ""
    at = row.text("at") if check.points else row.text("at", "")
    if at not in check.intermediates and (at or check.points):
        row.refuse("at", f"one of {', '.join(check.intermediates)}", at)
    return at


def _check_stored(
    row: Table, solution: Solution, checks: tuple[Check, ...], files: Mapping[str, str]
) -> None:
    if not solution.file.startswith("solutions/") or solution.file not in files:
        row.refuse("file", "a file in solutions/ that exists", solution.file)
    if solution.outcome is Declared.WRONG and solution.fails not in [check.name for check in checks]:
        row.refuse("fails", "the name of a check", solution.fails)


def _example(row: Table, entries: Mapping[str, Entry], checks: tuple[Check, ...]) -> Example:
    entry = _entry_of(row, entries)
    kind = CheckKind.GRADIENT if "wrt" in row else CheckKind.VALUE
    of_entry = [(check.kind, check.reference) for check in checks if check.entry == entry.name]
    only_properties = of_entry and all(kind is CheckKind.PROPERTY for kind, _ in of_entry)
    default = of_entry[0][1] if only_properties else _default_reference(row, kind, entry)
    reference = row.name("reference", default)
    example = Example(
        entry=entry.name,
        arguments=row.mapping("arguments"),
        reference=reference,
        wrt=row.names("wrt", ()),
        upstream=_upstream(row, entry) if "wrt" in row else None,
        of_property=(CheckKind.PROPERTY, reference) in of_entry,
    )
    row.finish()
    if entry.kind is not EntryKind.CLASS:
        for name in entry.parameters:
            if name not in example.arguments:
                row.refuse("arguments", f"a value for {name}", sorted(example.arguments))
    elif entry.engine is not None:
        if not {"leaves", "nodes"} <= set(example.arguments):
            row.refuse("arguments", "leaves, nodes and, if any, outputs", sorted(example.arguments))
    elif "params" not in example.arguments or "steps" not in example.arguments:
        row.refuse("arguments", "params, steps and, if any, options", sorted(example.arguments))
    return example
