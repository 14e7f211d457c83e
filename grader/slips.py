"""Generic slips, recognised in the numbers alone: zeros, sign, a constant factor, a transpose.

Each is said of one output, and only if it holds on every input; a factor gets the name of what it equals.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.checks.method import Examined, Subject
from grader.exercise import CheckKind
from grader.outcome import Outcome
from grader.question import Case
from grader.values import Tensor, Value
from grader.wording import number

OF_FORMULAS = {  # hints for formulas
    "All zeros": "Only a constant has the derivative 0.",
    "Constant factor": "Which factor did the chain rule bring in, or was lost on the way?",
}
ALMOST = 1e-4  # relative error of a formula that somebody could take for the right one
RTOL = 1e-6  # a slip is a relation between numbers, not a matter of rounding
Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Pair:
    """One output on one input."""

    case: Case
    got: Array
    expected: Array


@np.errstate(all="ignore")  # an answer may hold the largest numbers there are
def recognise(subject: Subject, examined: Examined) -> Mapping[str, Any] | None:
    """The slip of the first output that has one, or None."""
    finding = examined.finding
    if finding is None:
        return None
    if finding.outcome not in (Outcome.MISMATCH, Outcome.SHAPE):
        return None
    of_formula = subject.question.kind is CheckKind.FORMULA
    if of_formula and (almost := _almost(examined, subject.question.entry.name)):
        return almost
    n = len(examined.responses)
    for i, (name, pairs) in enumerate(_outputs(subject, examined)):
        if pairs and not all(_right(pair) for pair in pairs):
            kept = [pair for pair in pairs if np.any(pair.expected)]
            said = (_forward(subject, name, pairs) if i == 0 else None) or _slip(name, kept)
            if said is not None:
                if of_formula:
                    said["hint"] = OF_FORMULAS.get(said["name"], said["hint"])
                return {**said, "evidence": f"on {n} of {n} inputs", "also": [], "lesson": ""}
    return None


def _outputs(subject: Subject, examined: Examined) -> Iterator[tuple[str, list[Pair]]]:
    """Each output under its name, as it came out on all inputs; no pairs if it is missing from one."""
    entry = subject.question.entry
    for i, name in enumerate(entry.returns):
        pairs = list(_pairs(examined, i, len(entry.returns)))
        yield name, pairs if len(pairs) == len(examined.responses) else []
    if entry.engine is not None:
        yield entry.engine.grad, _gradients(examined)


def _gradients(examined: Examined) -> list[Pair]:
    """The gradients of all leaves of all programs, which have no names in common."""
    pairs = []
    for case, response in zip(examined.cases, examined.responses, strict=True):
        expected, leaves = _items(case.expected), _items(case.arguments["leaves"])
        for i in range(len(expected) - len(leaves), len(expected)):
            due, got = _output(case.expected, i, len(expected)), _output(response.value, i, len(expected))
            if due is None or got is None:
                return []
            pairs.append(Pair(case, got, due))
    return pairs


def _items(value: Value) -> Sequence[Value]:
    return value if isinstance(value, list | tuple) else ()


def _almost(examined: Examined, name: str) -> Mapping[str, Any] | None:
    """A formula that agrees to some digits everywhere: it is an approximation."""
    pairs = list(_pairs(examined, 0, 1))
    if len(pairs) < len(examined.responses):
        return None
    apart = max(float(np.abs(pair.got - pair.expected) / np.abs(pair.expected)) for pair in pairs)
    if not 0 < apart <= ALMOST:
        return None
    digits = int(-np.log10(apart))
    return {
        "name": "An approximation",
        "sentence": f"{name} agrees to {digits} digits and no further.",
        "hint": "Is there a rounded constant (write pi, not 3.14), or a difference quotient?",
        "evidence": f"on {len(pairs)} of {len(pairs)} inputs",
        "also": [],
        "lesson": "",
    }


def _pairs(examined: Examined, i: int, n: int) -> Iterator[Pair]:
    for case, response in zip(examined.cases, examined.responses, strict=True):
        got, expected = _output(response.value, i, n), _output(case.expected, i, n)
        if got is not None and expected is not None:
            yield Pair(case, got, expected)


def _output(value: Value, i: int, n: int) -> Array | None:
    if n > 1:
        if not isinstance(value, tuple) or len(value) != n:
            return None
        value = value[i]
    if isinstance(value, Tensor):
        value = value.array
    if isinstance(value, float | np.ndarray | np.floating) and np.asarray(value).dtype.kind != "c":
        array = np.asarray(value, dtype=np.float64)
        return array if np.isfinite(array).all() else None
    return None


def _right(pair: Pair) -> bool:
    return pair.got.shape == pair.expected.shape and _close(pair.got, pair.expected)


def _close(a: Array, b: Array) -> bool:
    bound = RTOL * (np.abs(b) + np.max(np.abs(b), initial=0.0))
    return bool(np.all(np.abs(a - b) <= bound))


def _slip(name: str, pairs: Sequence[Pair]) -> dict[str, str] | None:
    if not pairs:
        return None
    for recognised in (_zeros, _transposed, _factor):
        said = recognised(name, pairs)
        if said is not None:
            return said
    return None


def _forward(subject: Subject, name: str, pairs: Sequence[Pair]) -> dict[str, str] | None:
    """A formula that is that of the function itself."""
    question = subject.question
    if question.kind is not CheckKind.FORMULA or not question.wrt:
        return None
    for pair in pairs:
        if not _close(pair.got, np.asarray(subject.reference.undifferentiated(pair.case.index))):
            return None
    sentence = f"{name} has the values of the function itself, not of its derivative."
    return {
        "name": "Not differentiated",
        "sentence": sentence,
        "hint": "How fast do these values change with the variable?",
    }


def _zeros(name: str, pairs: Sequence[Pair]) -> dict[str, str] | None:
    if any(np.any(pair.got) for pair in pairs):
        return None
    sentence = f"{name} is zero on every input."
    return {"name": "All zeros", "sentence": sentence, "hint": f"Is {name} ever assigned its result?"}


def _transposed(name: str, pairs: Sequence[Pair]) -> dict[str, str] | None:
    if any(pair.got.ndim < 2 or pair.got.T.shape != pair.expected.shape for pair in pairs):
        return None
    if not all(_close(pair.got.T, pair.expected) for pair in pairs):
        return None
    sentence = f"{name} is right but for a transpose."
    return {"name": "Transposed", "sentence": sentence, "hint": f"Which axis of {name} comes first?"}


def _factor(name: str, pairs: Sequence[Pair]) -> dict[str, str] | None:
    factors = [_ratio(pair) for pair in pairs]
    if any(factor is None for factor in factors):
        return None
    known = [factor for factor in factors if factor is not None]
    if np.allclose(known, -1.0, rtol=RTOL):
        sentence = f"{name} has the wrong sign, and is right otherwise."
        return {
            "name": "Wrong sign",
            "sentence": sentence,
            "hint": "Look for a minus that is missing, or one too many.",
        }
    quantity = _quantity(pairs, known)
    if quantity is None:
        return None
    sentence = f"{name} is {quantity} what it should be, and right otherwise."
    hint = "A mean where a sum is due, or a sum where a mean is, makes such a factor."
    return {"name": "Constant factor", "sentence": sentence, "hint": hint}


def _ratio(pair: Pair) -> float | None:
    """k with got = k · expected, if there is one."""
    if pair.got.shape != pair.expected.shape:
        return None
    k = float(np.vdot(pair.expected, pair.got) / np.vdot(pair.expected, pair.expected))
    return k if k != 0 and _close(pair.got, k * pair.expected) else None


def _quantity(pairs: Sequence[Pair], factors: Sequence[float]) -> str | None:
    """What the factor is on every input: one number, an axis or value of an argument, or its inverse."""
    if np.allclose(factors, factors[0], rtol=RTOL):
        return f"{number(factors[0], 4)} times"
    measured = [_measures(pair.case) for pair in pairs]
    for name in measured[0]:
        lengths = np.array([measures.get(name, 0.0) for measures in measured])
        if np.allclose(factors, lengths, rtol=RTOL):
            return f"{name} times"
        if np.all(lengths) and np.allclose(factors, 1 / lengths, rtol=RTOL):
            return f"1/{name} of"
    return None


def _measures(case: Case) -> dict[str, float]:
    """Axis lengths, sizes and values of the arguments, by name."""
    measures: dict[str, float] = {}
    for name, value in case.arguments.items():
        if isinstance(value, np.ndarray):
            measures[f"{name}.size"] = float(value.size)
            measures.update({f"{name}.shape[{axis}]": float(n) for axis, n in enumerate(value.shape)})
        elif isinstance(value, int | float):
            measures[name] = float(value)
    return measures
