"""trajectory: an optimizer of the student's stepped beside the reference's, with the same gradients.

The object lives in the student's box and is driven from here: constructed over stored parameters, its
attributes set, `step` called with gradients sent fresh each time, and the parameters fetched after each step.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from grader import feedback
from grader.checks.method import Examined, Method, Subject, examine_cases, side_effect
from grader.checks.value import failed
from grader.compare import compare
from grader.finding import Finding
from grader.outcome import Outcome
from grader.program import Loaded, Response
from grader.question import Array, Case, History
from grader.sandbox import Answer, Ended, Raised, Reply
from grader.structure import Precision, gate
from grader.tolerance import tolerance_for
from grader.values import Handle, Value


class Interrupted(Exception):
    """An operation did not answer; carries why. Never leaves this module."""

    def __init__(self, failure: Raised | Ended) -> None:
        super().__init__()
        self.failure = failure


@dataclass
class Journey:
    """Where an object has been so far."""

    path: list[Value] = field(default_factory=list)  # the parameters after each step
    changed: set[str] = field(default_factory=set)
    seconds: float = 0.0  # in all operations: any of them could do the work of `step`

    def timed(self, reply: Reply) -> Answer:
        """The answer of one operation, whose time is counted."""
        answer = _answer(reply)
        self.seconds += answer.seconds
        return answer


def respond(subject: Subject, loaded: Loaded, case: Case) -> Response:
    """Drive one object through its history; the parameters after each step."""
    journey = Journey()
    failure, step = None, None
    try:
        _drive(subject, loaded, case, journey)
    except Interrupted as interrupted:
        failure, step = interrupted.failure, len(journey.path) + 1
    changed = tuple(sorted(journey.changed))
    return Response(value=journey.path, failure=failure, step=step, changed=changed, seconds=journey.seconds)


def _drive(subject: Subject, loaded: Loaded, case: Case, journey: Journey) -> None:
    box, entry, history = loaded.box, subject.question.entry, History.of(case)
    # the arrays themselves are kept: a list whose entries were exchanged is no change of a parameter
    arrays = [_handle(box.store(p)) for p in history.params]
    given, params = _handle(box.store(arrays)), _handle(box.store(arrays))
    optimizer = _handle(journey.timed(box.new(entry.name, given, **history.options)))
    for step in history.steps:
        for name, value in step.attributes.items():
            journey.timed(box.set(optimizer, name, value))
        # sent anew in each step: what the object keeps of them cannot come back later
        stepped = journey.timed(box.method(optimizer, "step", step.grads))
        journey.changed.update({"grads"} if stepped.witness.changed_inputs else ())
        journey.path.append(journey.timed(box.fetch(params)).value)
    if journey.path and not _equal(_answer(box.fetch(given)).value, journey.path[-1]):
        journey.changed.add("the list params")


def _handle(reply: Reply) -> Handle:
    value = _answer(reply).value
    if not isinstance(
        value, Handle
    ):  # the shim shares a process with the student, and may have been replaced
        raise Interrupted(Ended(Outcome.BAD_ANSWER, "", "no handle where one is due"))
    return value


def _answer(reply: Reply) -> Answer:
    if not isinstance(reply, Answer):
        raise Interrupted(reply)
    return reply


def _equal(given: Any, kept: Any) -> bool:
    """Whether two lists hold the same arrays."""
    if not isinstance(given, list) or not isinstance(kept, list) or len(given) != len(kept):
        return False
    return all(
        isinstance(one, np.ndarray) and np.array_equal(one, other, equal_nan=True)
        for one, other in zip(given, kept, strict=True)
    )


def find(subject: Subject, case: Case, response: Response) -> Finding | None:
    """The first step after which a parameter is not where it should be."""
    start = History.of(case).params
    precision = Precision.of(case.arguments, subject.exercise.runtime)
    tolerance = tolerance_for(case.arguments, rule=subject.check.tolerance, magnitudes=case.magnitudes)
    for k, (got, expected) in enumerate(_steps(case, response)):
        gated = gate(got, expected, names=("params",), precision=precision)
        if isinstance(gated, Finding):
            return _drawn(gated, k + 1, case, response)
        for leaf in gated:
            position = k * len(start) + leaf.position
            difference = compare(replace(leaf, position=position), tolerance)
            if difference is not None:
                moved = not np.array_equal(leaf.got, start[leaf.position])
                return _drawn(feedback.wrong_step(difference, k + 1, moved=moved), k + 1, case, response)
    stopped = failed(response)
    if stopped is not None:
        return _drawn(stopped, response.step or 1, case, response)
    return side_effect(subject, response)


def _steps(case: Case, response: Response) -> Iterator[tuple[Value, list[Array]]]:
    got: Any = response.value
    expected: Any = case.expected
    return zip(got, expected, strict=False)  # an interrupted journey is shorter


def _drawn(finding: Finding, step: int, case: Case, response: Response) -> Finding:
    """With the step, and the two paths if there are two coordinates to draw."""
    paths = {"yours": _path(case, response.value), "reference": _path(case, case.expected)}
    both = paths["yours"] and paths["reference"]
    return replace(finding, evidence=replace(finding.evidence, step=step, path=paths if both else None))


def _path(case: Case, steps: Any) -> list[list[float]]:
    """The first two coordinates of the parameters, from the start on; empty if there are not two."""
    points = []
    for params in (History.of(case).params, *steps):
        if not isinstance(params, list) or not all(map(_is_real, params)):
            break
        flat = np.concatenate([p.ravel() for p in params]) if params else np.empty(0)
        if flat.size < 2 or not np.isfinite(flat[:2]).all():
            break
        points.append([float(flat[0]), float(flat[1])])
    return points


def _is_real(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind != "c"


def examine(subject: Subject, loaded: Loaded) -> Examined:
    """Every history of the group."""
    return examine_cases(subject, loaded, respond=respond, find=find)


METHOD = Method(respond=respond, find=find, examine=examine)
