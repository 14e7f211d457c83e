"""What a student takes home: their code, the inputs and expected outputs of the checks that they may see in
full, and a script that repeats the comparison with NumPy alone. Plain formats only: JSON and .npy.

Functions that the exercise hands over (`f`, `grad`) are the author's, and stay here. What is sent along is
the text that the author wrote of them; where there is none, the points at which the student's code and a
right solution called them, with the answers.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from grader import archive
from grader.calling import call
from grader.exercise import CallBound, Check, CheckKind, Entry, EntryKind, Exercise, Phase, Visibility
from grader.program import Answerer, Program, opened
from grader.question import Case, Question
from grader.reference import Reference, seed_for
from grader.sandbox import Sandbox
from grader.structure import Precision
from grader.tolerance import Tolerance, tolerance_for
from grader.values import Opaque, Rng, Tensor, Value
from grader.verdict import CheckResult, Verdict

SCRIPT = Path(__file__).with_name("repro.py")
REPEATED = (CheckKind.VALUE, CheckKind.GRADIENT, CheckKind.TRAJECTORY)
MAX_LISTED = 64  # elements of an array that is written as a list
NODE = 16  # bytes that a number or a list takes, about
MAX_BYTES = 24 << 20  # of all values of a check; larger inputs stay here

README = """{title}

python repro.py calls the code in {file} with the inputs of a verdict, compares with the same bounds, and
says what differs and where. It needs Python 3.10 or newer and NumPy{torch}. Change the code and run it again.

verdict.json is the verdict. checks.json holds inputs, expected outputs and bounds; larger arrays are in
arrays/.
{functions}"""
FUNCTIONS = """
A function that the exercise hands to your code is not here: it answers at the points where your code and a
right solution called it, and says so when it is called elsewhere.
"""


def student_bundle(
    exercise: Exercise, source: str, verdict: Verdict, *, sandbox: Sandbox, phase: Phase = Phase.BEFORE
) -> bytes:
    """A zip archive; the same verdict makes the same one. Raises AuthorError if the reference fails."""
    arrays: dict[str, bytes] = {}
    checks, left_out = [], []
    patience = _Patience(exercise.limits.wall_s)
    with Reference(exercise, sandbox) as reference:
        for position, check in enumerate(exercise.checks):
            why = _why_not(check, verdict.checks[position], phase)
            if not why:
                n = reference.ask(Question.of_check(exercise, check), seed_for(verdict.seed, position))
                arrays_of_check = _Arrays(f"arrays/{position:02d}")
                part = _Part(exercise, source, check, reference, sandbox, arrays_of_check, patience)
                cases = part.cases(n)
                why = "" if cases else "its inputs are too large to send along"
            if why:
                left_out.append([check.name, why])
                continue
            outcome = str(verdict.checks[position].outcome)
            checks.append({**_about(exercise, check), "outcome": outcome, "cases": cases})
            arrays |= part.arrays.files
    told = {"exercise": exercise.slug, "file": exercise.filename, "checks": checks, "left_out": left_out}
    return archive.pack(
        {
            "README.txt": _read_me(exercise, checks).encode(),
            "repro.py": _script().encode(),
            exercise.filename: source.encode(errors="replace"),
            "checks.json": _json(told),
            "verdict.json": _json(verdict.as_dict(phase=phase)),
            **arrays,
        }
    )


def can_repeat(exercise: Exercise, *, phase: Phase = Phase.BEFORE) -> bool:
    """Whether a student's bundle can repeat any check of this exercise."""
    return not all(_why_never(check, phase) for check in exercise.checks)


def _why_not(check: Check, result: CheckResult, phase: Phase) -> str:
    never, variant = _why_never(check, phase), result.evidence.variant
    if never or variant is None:
        return never
    return f"it passed as the variant “{variant['name']}”, and the values here are others"


def _why_never(check: Check, phase: Phase) -> str:
    if check.shows(phase) is not Visibility.ALL:
        return "its inputs are not shown"
    if check.kind.measured:
        return "it is measured beside the baseline, on one machine"
    return "" if check.kind in REPEATED else f"a check of {check.kind} needs the grader"


def _read_me(exercise: Exercise, checks: list[dict[str, Any]]) -> str:
    functions = any(
        not isinstance(known, str)
        for check in checks
        for case in check["cases"]
        for known in case["functions"].values()
    )
    return README.format(
        title=exercise.title,
        file=exercise.filename,
        torch=" and PyTorch" if exercise.runtime == "torch" else "",
        functions=FUNCTIONS if functions else "",
    )


def _json(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False).encode(errors="replace")


@cache
def _script() -> str:
    return SCRIPT.read_text(encoding="utf-8")


def _about(exercise: Exercise, check: Check) -> dict[str, Any]:
    entry = exercise.entry(check.entry)
    return {
        "name": check.name,
        "kind": "trajectory" if entry.kind is EntryKind.CLASS else "value",
        "entry": entry.name,
        "parameters": list(entry.parameters),
        "returns": list(entry.returns),
        "intermediates": list(check.intermediates),
        "unchanged": not check.points,
        "calls": {name: _bound(bound) for name, bound in check.calls.items()},
    }


@dataclass
class _Patience:
    """How long the student's code may run for all inputs of a bundle together."""

    left_s: float


@dataclass(frozen=True)
class _Part:
    """One check on its way into checks.json."""

    exercise: Exercise
    source: str
    check: Check
    reference: Reference
    sandbox: Sandbox
    arrays: _Arrays
    patience: _Patience

    def cases(self, n: int) -> list[dict[str, Any]]:
        """All for JSON; none where they are too large."""
        cases = []
        for i in range(n):
            cases.append(self._case(self.reference.case(i)))
            if self.arrays.nbytes > MAX_BYTES:
                return []
        return cases

    def _case(self, case: Case) -> dict[str, Any]:
        entry, write = self.exercise.entry(self.check.entry), self.arrays.write
        is_class = entry.kind is EntryKind.CLASS
        given = {name: v for name, v in case.arguments.items() if is_class or name in entry.parameters}
        points = {} if all(case.functions.values()) else self._points(entry, case)
        tolerance = tolerance_for(case.floats, rule=self.check.tolerance, magnitudes=case.magnitudes)
        return {
            "arguments": {name: write(value) for name, value in given.items()},
            "functions": {name: text or points[name] for name, text in case.functions.items()},
            "expected": write(case.expected),
            "dtypes": list(Precision.of(case.floats, self.exercise.runtime).allowed),
            "bound": _rule(tolerance),
        }

    def _points(self, entry: Entry, case: Case) -> dict[str, list[Any]]:
        """Where the student's code and a right solution call the functions of a case, and the answers.

        Written down at once, so that a program which calls with large arrays is noticed before memory is.
        """
        points: dict[str, list[Any]] = {name: [] for name in case.functions}

        def answer(name: str, args: tuple[Value, ...]) -> Value:
            value = self.reference.answer(case.index, name, args)
            if self.arrays.nbytes <= MAX_BYTES and _is_known(value):
                points[name].append(self.arrays.write([list(args), value]))
            return value

        if self.patience.left_s > 0:
            program = Program.of(self.exercise, self.source)
            self.patience.left_s -= _run(program, self.sandbox, entry, case, answer)
        for file in self.exercise.right[:1]:
            program = Program.of(self.exercise, self.exercise.files[file])
            _run(program, self.sandbox, entry, case, answer)
        return points


def _run(program: Program, sandbox: Sandbox, entry: Entry, case: Case, answer: Answerer) -> float:
    """For the calls that it makes; what comes of it is known from the verdict. The seconds that it took."""
    with opened(program, sandbox) as loaded:
        if loaded.start() is None and loaded.defines(entry) is None:
            call(loaded, entry, case, answer)
        return loaded.spent_s


def _is_known(value: Any) -> bool:
    """Whether it can be written down: what a function makes of a strange argument may be no value."""
    if isinstance(value, list | tuple):
        return all(map(_is_known, value))
    if isinstance(value, dict):
        return all(map(_is_known, value.values()))
    return not isinstance(value, Opaque)


def _bound(bound: CallBound) -> list[Any]:
    return ["exactly", bound.exactly] if bound.exactly is not None else ["at_most", bound.at_most]


def _rule(tolerance: Tolerance) -> dict[str, Any]:
    rule = tolerance.rule
    if rule is not None and rule.rtol is not None:
        return {"rtol": rule.rtol, "atol": rule.atol or 0.0}
    return {"unit": tolerance.unit, "magnitudes": list(tolerance.magnitudes())}


class _Arrays:
    """Values for JSON; larger arrays become files."""

    def __init__(self, prefix: str) -> None:
        self.files: dict[str, bytes] = {}
        self.nbytes = 0
        self._prefix = prefix

    def write(self, value: Any) -> Any:
        """The counterpart of `_value` in repro.py."""
        self.nbytes += len(value) if isinstance(value, str) else NODE
        if value is None or isinstance(value, bool | int | str):
            return value
        if isinstance(value, np.ndarray):
            return self._array(value)
        if isinstance(value, np.generic):
            return {"scalar": self._array(np.asarray(value))}
        if isinstance(value, float):
            return value if np.isfinite(value) else {"float": str(value)}
        if isinstance(value, list):
            return [self.write(one) for one in value]
        if isinstance(value, tuple):
            return {"tuple": [self.write(one) for one in value]}
        if isinstance(value, dict):
            return {"dict": {key: self.write(one) for key, one in value.items()}}
        if isinstance(value, Tensor):
            return {"tensor": {"array": self._array(value.array), "requires_grad": value.requires_grad}}
        if isinstance(value, Rng):
            return {"rng": value.seed}
        raise TypeError(f"no value of a case: {type(value).__name__}")

    def _array(self, array: np.ndarray[Any, Any]) -> dict[str, Any]:
        self.nbytes += array.nbytes
        if array.size <= MAX_LISTED and array.dtype.kind in "fiub" and np.isfinite(array).all():
            shape, values = list(array.shape), array.ravel().tolist()
            return {"array": {"dtype": array.dtype.name, "shape": shape, "values": values}}
        name = f"{self._prefix}-{len(self.files):04d}.npy"
        written = io.BytesIO()
        np.save(written, array, allow_pickle=False)
        self.files[name] = written.getvalue()
        return {"npy": name}
