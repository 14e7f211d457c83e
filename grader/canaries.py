"""Answers that no check may take for right: zeros, ones, the input, NaN, another shape, half precision, ...

They are put before a check as if a student's code had returned them, made from the expected answer itself, so
that they have whatever shape would be needed to slip through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from grader.checks import METHODS, Subject, intermediates
from grader.errors import ReferenceError_
from grader.exercise import CheckKind, Declared
from grader.finding import Finding
from grader.program import Program, Response, opened
from grader.question import Case
from grader.tolerance import float_arrays
from grader.values import Tensor, Value

Array = np.ndarray[Any, Any]
DIFFERS = 1e-5  # relative to the largest element: less than half precision loses, more than rounding


Spoil = Callable[[Array], Value]


def _half(expected: Array) -> Value:
    with np.errstate(all="ignore"):
        rounded = expected.astype(np.float16).astype(expected.dtype)
    return rounded if np.isfinite(rounded).all() else None


def _transposed(expected: Array) -> Value:
    return np.ascontiguousarray(expected.T) if expected.ndim > 1 else None


def _scalar(expected: Array) -> Value:
    return float(expected.flat[0]) if expected.ndim and expected.size else None


def _constant(value: Value) -> Spoil:
    return lambda _expected: value


NONE = "None"
INPUT = "the input"
HALF = "half precision"
LARGE = (CheckKind.TIME, CheckKind.MEMORY, CheckKind.COMPLEXITY)  # one of their inputs is enough
CANARIES: dict[str, Spoil] = {  # None: it does not apply to that array
    "zeros": np.zeros_like,
    "ones": np.ones_like,
    "the mean everywhere": lambda e: np.full_like(e, e.mean()) if e.size else None,
    "the sign turned": np.negative,
    HALF: _half,
    "NaN": lambda e: np.full_like(e, np.nan),
    "an empty array": _constant(np.empty(0)),
    "a number for an array": _scalar,
    "transposed": _transposed,
    "an axis more": lambda e: e[np.newaxis],
    "text": _constant("0.0"),
    NONE: _constant(None),
}
OF_PROPERTIES = ("zeros", "ones", "the mean everywhere", "NaN", "an empty array", "an axis more")
OF_FORMULAS = ("zeros", "ones", "the sign turned", "half precision", "NaN")


@dataclass(frozen=True)
class CanaryResult:
    """What became of one canary at one check."""

    name: str
    applies: bool  # it differs from the right answer on some input
    caught: bool


def try_canaries(subject: Subject) -> Iterator[CanaryResult]:
    """Every canary at one check, on its own inputs."""
    n = subject.reference.ask(subject.question, subject.seed)
    shown = 1 if subject.check.kind in LARGE else n
    cases = [subject.reference.case(i) for i in range(shown)]
    if subject.check.kind is CheckKind.PROPERTY:
        cases = _answered(subject, cases)
    for name, spoil in _canaries(subject).items():
        spoiled = [(case, spoil(case)) for case in cases]
        rounded = name == HALF and subject.question.kind is CheckKind.TRAINING  # near a target is right there
        differing = [] if rounded else [(c, value) for c, value in spoiled if _differs(value, c.expected)]
        yield CanaryResult(name, bool(differing), _caught(subject, differing))


Answer = Callable[[Case], Value]


def _caught(subject: Subject, differing: list[tuple[Case, Value]]) -> bool:
    """On some input; where named values are scored by themselves, each one that differs."""
    if not subject.check.intermediates:
        return any(_find(subject, case, value) is not None for case, value in differing)
    of_value: dict[str, list[bool]] = {}
    for case, value in differing:
        got, expected = (intermediates.named(subject, one) for one in (value, case.expected))
        found = intermediates.judged(subject, case, Response(value=value))
        if isinstance(got, Finding) or isinstance(expected, Finding) or isinstance(found, Finding):
            continue  # no names, and no points
        for name in subject.check.intermediates:
            if _differs(got[name], expected[name]):
                of_value.setdefault(name, []).append(found[name].finding is not None)
    return all(map(any, of_value.values()))


def _canaries(subject: Subject) -> dict[str, Answer]:
    if subject.check.kind is CheckKind.FORMULA:
        return _of_formulas(subject)
    return _of_properties(subject) if subject.check.kind is CheckKind.PROPERTY else _of_programs()


def _answered(subject: Subject, cases: list[Case]) -> list[Case]:
    """With a right program's answer for the expected one: a property has none of its own."""
    exercise = subject.exercise
    right = next((one.file for one in exercise.solutions if one.outcome is Declared.ACCEPTED), None)
    source = exercise.baseline or (exercise.files[right] if right else "")
    with opened(Program.of(exercise, source), subject.sandbox) as program:
        if program.start() or program.defines(subject.question.entry):
            raise ReferenceError_(f"{exercise.slug}: no right program to make canaries from")
        respond = METHODS[subject.check.kind].respond
        return [replace(case, expected=respond(subject, program, case).value) for case in cases]


def _of_properties(subject: Subject) -> dict[str, Answer]:
    """What no property should let pass. (A turned sign, say, may keep to it.)"""
    names = subject.question.entry.parameters
    first = next((name for name in names if name in subject.reference.case(0).arguments), "")
    whole: dict[str, Answer] = {"text": lambda _case: "0.0", NONE: lambda _case: None}
    if first:
        whole[INPUT] = partial(_argument, first)
    return {**{name: partial(_spoiled, name) for name in OF_PROPERTIES}, **whole}


def _of_programs() -> dict[str, Answer]:
    """Whatever a program could return."""
    return {name: partial(_spoiled, name) for name in (*CANARIES, INPUT)}


def _of_formulas(subject: Subject) -> dict[str, Answer]:
    """What a formula could be: a constant, a variable, the function itself."""
    variables: dict[str, Answer] = {
        f"the variable {name}": partial(_argument, name) for name in subject.question.entry.parameters
    }
    if subject.question.wrt:
        variables["the function itself"] = lambda case: subject.reference.undifferentiated(case.index)
    return {**{name: partial(_spoiled, name) for name in OF_FORMULAS}, **variables}


def _spoiled(name: str, case: Case) -> Value:
    spoiled: Value = _spoil(case.expected, name, case)
    return spoiled


def _argument(name: str, case: Case) -> Value:
    return case.arguments[name]


def _find(subject: Subject, case: Case, value: Value) -> Finding | None:
    calls = {name: bound.exactly or 0 for name, bound in subject.check.calls.items()}
    if subject.question.kind is CheckKind.TRAINING and len(subject.question.entry.returns) > 1:
        value = (value, [])  # predictions, and a curve
    response = Response(value=value, calls=calls)
    return METHODS[subject.check.kind].find(subject, case, response)


def _spoil(expected: Any, name: str, case: Case) -> Any:
    """Every array and float of an answer spoiled; itself where the canary does not apply."""
    if isinstance(expected, list | tuple):
        return type(expected)(_spoil(one, name, case) for one in expected)
    if isinstance(expected, dict):
        return {key: _spoil(one, name, case) for key, one in expected.items()}
    if isinstance(expected, Tensor):
        spoiled = _spoil(expected.array, name, case)
        return Tensor(spoiled) if isinstance(spoiled, np.ndarray) else spoiled
    if not isinstance(expected, float | np.floating | np.ndarray) or np.asarray(expected).dtype.kind != "f":
        return expected
    spoiled = _input(expected, case) if name == INPUT else CANARIES[name](np.asarray(expected))
    return expected if spoiled is None and name != NONE else spoiled


def _input(expected: Any, case: Case) -> Value:
    same = (array for array in float_arrays(case.arguments) if array.shape == np.shape(expected))
    return next(same, None)


def _differs(a: Any, b: Any) -> bool:
    """In kind, in shape, or in more than rounding."""
    if a is None or isinstance(a, str) or isinstance(b, str):
        return type(a) is not type(b) or a != b
    if isinstance(b, list | tuple):
        return (
            type(a) is not type(b)
            or len(a) != len(b)
            or any(_differs(one, other) for one, other in zip(a, b, strict=True))
        )
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() != b.keys() or any(_differs(a[key], b[key]) for key in b)
    if isinstance(a, Tensor) and isinstance(b, Tensor):
        return _differs(a.array, b.array)
    one, other = np.asarray(a), np.asarray(b)
    if one.shape != other.shape:
        return True
    if other.dtype.kind != "f":
        return bool(np.any(one != other))
    # `not (… <= …)`: NaN differs
    return not (np.max(np.abs(one - other), initial=0.0) <= DIFFERS * np.max(np.abs(other), initial=0.0))
