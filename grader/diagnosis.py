"""Which known mistake a failing program makes: it answered as a stored wrong solution does, on every input.

Nothing here is guessed. A stored solution is named only if, given the same inputs, it gave the same answers
(or raised the same exception) on all of them, and the evidence says on how many. Where none did, the slips
that can be read off the numbers are looked for, alone and on top of a stored solution's answers. The cost is
paid on failure only, and bounded.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader import slips
from grader.checks import METHODS, Examined, Subject
from grader.checks.intermediates import only
from grader.exercise import Solution
from grader.outcome import Outcome
from grader.program import Loaded, Response
from grader.sandbox import Ended, Raised
from grader.stored import StoredSolutions
from grader.tolerance import Tolerance, tolerance_for
from grader.values import Tensor, Value
from grader.wording import listing

PARTICULAR = re.compile(r"(?<!\w)'[^']*'|\([\d, ]*\)|\[[\d, ]*\]|-?\d+")
MAX_SECONDS = 3.0  # for one check of a student's
COMPARABLE = (
    Outcome.RAISED,
    Outcome.CALLS,
    Outcome.STRUCTURE,
    Outcome.SHAPE,
    Outcome.DTYPE,
    Outcome.NOT_FINITE,
    Outcome.MISMATCH,
    Outcome.SIDE_EFFECT,
    Outcome.LOSS,
)

Array = np.ndarray[Any, Any]


def diagnose(
    subject: Subject,
    examined: Examined,
    *,
    failed: Sequence[str] = (),
    known: Sequence[str] = (),
    ruled_out: set[str] | None = None,
    within_s: float = MAX_SECONDS,
) -> Mapping[str, Any] | None:
    """The name of the mistake with its evidence, or None.

    `failed` are the checks that failed before this one, `known` the mistakes that were found there, and
    `ruled_out`, which is added to, the files of those that answered otherwise there, where they are wrong
    first. What was not compared `within_s` is not named.
    """
    finding = examined.finding
    if finding is None or finding.outcome not in COMPARABLE or not examined.responses:
        return None
    ruled_out = set() if ruled_out is None else ruled_out
    candidates = [one for one in _candidates(subject, examined, failed) if one.file not in ruled_out]
    matches, twins = _matches(subject, examined, candidates, known, ruled_out, within_s)
    if not matches:
        return slips.recognise(subject, examined, twins)
    best, *others = matches
    return {
        "name": best.name,
        "sentence": best.sentence,
        "evidence": _evidence(examined, others),
        "hint": best.hint,
        "lesson": best.lesson or subject.check.lesson,
        "also": [other.name for other in others],
        "variant": best.variant,
    }


def _evidence(examined: Examined, others: Sequence[Solution]) -> str:
    n = len(examined.responses)
    text = f"on {n} of {n} inputs"
    return f"{text}; on these inputs the same as {listing([one.name for one in others])}" if others else text


def _matches(
    subject: Subject,
    examined: Examined,
    candidates: Sequence[Solution],
    known: Sequence[str],
    ruled_out: set[str],
    within_s: float,
) -> tuple[list[Solution], list[slips.Twin]]:
    """Every stored wrong solution that answers alike, closest first; one that is known already is enough.

    Beside them those that answer alike in part, or but for a slip, so far as there was time.
    """
    deadline = time.monotonic() + within_s
    found, twins = [], []
    with StoredSolutions(subject.exercise, subject.sandbox) as stored:
        for solution in sorted(candidates, key=lambda one: one.name not in known):
            if time.monotonic() > deadline:
                break
            program = stored.loaded(solution, subject.question.entry)
            if program is None:
                continue
            compared = _compared(subject, examined, program)
            if compared is None:
                if solution.fails == subject.check.name and not _stopped(examined):
                    ruled_out.add(solution.file)
                continue
            if compared.distance is None:
                twins.append(slips.Twin(solution, compared.responses))
            elif solution.name in known:
                return [solution], []
            else:
                found.append(((solution.fails != subject.check.name, compared.distance), solution))
    return [solution for _, solution in sorted(found, key=lambda pair: pair[0])], twins


def _stopped(examined: Examined) -> bool:
    """Whether something else kept the submission from answering, which says nothing of a known mistake."""
    return any(response.failure is not None for response in examined.responses)


def _candidates(subject: Subject, examined: Examined, failed: Sequence[str]) -> list[Solution]:
    """Those that fail here first, and at the same value, or at an earlier check that failed too.

    The others are right here, or wrong where the student was right: they cannot be the student's mistake.
    """
    return [
        one
        for one in subject.exercise.named
        if one.fails in failed
        or (one.fails == subject.check.name and (not examined.first_wrong or one.at == examined.first_wrong))
    ]


@dataclass(frozen=True)
class Compared:
    """A stored solution's answers beside the student's."""

    responses: tuple[Response, ...]
    distance: float | None  # 0 for the same bits; None where only a part is alike


def _compared(subject: Subject, examined: Examined, stored: Loaded) -> Compared | None:
    """None as soon as it is neither alike nor related on an input where the student is wrong."""
    method = METHODS[subject.check.kind]
    distance: float | None = 0.0
    answers: dict[int, Response] = {}
    for i in _wrong_first(examined):
        case, response = examined.cases[i], examined.responses[i]
        answer = answers[i] = method.respond(subject, stored, case)
        if examined.first_wrong:
            answer, response = (only(subject, one, examined.first_wrong) for one in (answer, response))
        if distance is not None:
            tolerance = tolerance_for(case.floats, rule=subject.check.tolerance, magnitudes=case.magnitudes)
            apart = difference(answer, response, tolerance)
            distance = None if apart is None else max(distance, apart)
        if distance is None and (examined.first_wrong or not _in_part(subject, examined, i, answers[i])):
            return None
    return Compared(tuple(answers[i] for i in range(len(examined.responses))), distance)


def _in_part(subject: Subject, examined: Examined, i: int, stored: Response) -> bool:
    """Whether a part of the answer, or the answer but for a slip, may be the stored one's."""
    response = examined.responses[i]
    if response.failure is not None or stored.failure is not None:
        return False
    return slips.related(subject, examined.cases[i], response, stored)


def _wrong_first(examined: Examined) -> Iterator[int]:
    """A stored solution that is right where the student is wrong is out at once."""
    yield from examined.wrong
    yield from (i for i in range(len(examined.responses)) if i not in examined.wrong)


def difference(a: Response, b: Response, tolerance: Tolerance) -> float | None:
    """How far two responses are apart: 0 for the same bits, None if they are not alike."""
    if (a.changed, a.kept, a.swallowed, a.step) != (b.changed, b.kept, b.swallowed, b.step):
        return None
    if dict(a.calls) != dict(b.calls):
        return None
    if not _fail_alike(a.failure, b.failure):
        return None
    if a.found is not None and b.found is not None:  # many answers are right, and many are wrong alike
        return _apart(_plain(a.found), _plain(b.found), tolerance)
    return _apart(a.value, b.value, tolerance)


def _plain(found: Mapping[str, float] | str) -> Value:
    return found if isinstance(found, str) else dict(found)


def _fail_alike(a: Raised | Ended | None, b: Raised | Ended | None) -> bool:
    if isinstance(a, Raised) and isinstance(b, Raised):
        return (a.type_name, _gist(a.message)) == (b.type_name, _gist(b.message))
    if isinstance(a, Ended) and isinstance(b, Ended):
        return a.outcome is b.outcome
    return a is None and b is None


def _gist(message: str) -> str:
    """What an exception says, but for names, numbers and shapes: they depend on how a program is written."""
    return PARTICULAR.sub("…", message)


def _apart(a: Value, b: Value, tolerance: Tolerance) -> float | None:
    if isinstance(a, Tensor) and isinstance(b, Tensor):
        return _apart(a.array, b.array, tolerance) if a.requires_grad == b.requires_grad else None
    if type(a) is not type(b) and not (_is_number(a) and _is_number(b)):
        return None
    if isinstance(a, list | tuple):
        return _all_apart(list(a), list(b), tolerance)  # type: ignore[arg-type]
    if isinstance(a, dict) and isinstance(b, dict):
        return _all_apart(list(a.values()), list(b.values()), tolerance) if a.keys() == b.keys() else None
    if isinstance(a, np.ndarray | np.generic | float) and isinstance(b, np.ndarray | np.generic | float):
        return _numbers_apart(np.asarray(a), np.asarray(b), tolerance)
    return 0.0 if a == b else None


def _is_number(value: Value) -> bool:
    return isinstance(value, float | np.floating) or (isinstance(value, np.ndarray) and value.ndim == 0)


def _all_apart(a: list[Value], b: list[Value], tolerance: Tolerance) -> float | None:
    if len(a) != len(b):
        return None
    apart = [_apart(one, other, tolerance) for one, other in zip(a, b, strict=True)]
    return None if None in apart else max((one for one in apart if one is not None), default=0.0)


def _numbers_apart(a: Array, b: Array, tolerance: Tolerance) -> float | None:
    """The largest error, if all lie within the bounds; NaN is alike to NaN here, and nowhere else."""
    if a.shape != b.shape or a.dtype.kind not in "fciub" or a.dtype.kind != b.dtype.kind:
        return None
    a, b = a.astype(np.complex128), b.astype(np.complex128)
    with np.errstate(all="ignore"):
        same = (a == b) | (np.isnan(a) & np.isnan(b))
        error = np.where(same, 0.0, np.abs(a - b))
        bound = tolerance.bound(np.where(np.isfinite(b), b, 0.0), error)
    return float(np.max(error, initial=0.0)) if (error <= bound).all() else None
