"""trajectory: an optimizer of the student's stepped beside the reference's, with the same gradients.

The object lives in the student's box: constructed over parameters, its attributes set, `step` called, and
the parameters copied after each step. One history is one input: its gradients do not depend on what the
object does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from grader import feedback
from grader.calling import reply_room
from grader.checks.method import Examined, Method, Subject, bounds, examine_cases, side_effect
from grader.checks.value import failed
from grader.compare import compare
from grader.finding import Finding
from grader.glance import surely_right
from grader.outcome import Outcome
from grader.program import Loaded, Response
from grader.question import Array, Case, History
from grader.sandbox import Answer, Ended, Raised, Reply
from grader.structure import gate
from grader.values import Value

LIST = "the list params"  # as a learner reads of it


def respond(subject: Subject, loaded: Loaded, case: Case) -> Response:
    """Drive one object through its history; the parameters after each step."""
    history = History.of(case)
    return _whole(subject, loaded, history, _driven(subject, loaded, history, len(history.steps)))


def begin(subject: Subject, loaded: Loaded, case: Case) -> Callable[[], Response]:
    """Drive one object, for a response that is fetched later."""
    history = History.of(case)
    n = len(history.steps)
    journey = _journey(subject, history, n)
    fetch = loaded.box.begin("drive", *journey, reply_mb=_room(history, n), in_row=True)
    return lambda: _whole(subject, loaded, history, _response(fetch(), n))


def _whole(subject: Subject, loaded: Loaded, history: History, response: Response) -> Response:
    """The response to a whole history; where an exception ended it, with the path up to there."""
    if not isinstance(response.failure, Raised):
        return response
    # once more, step by step, for how far it came
    before = Response(value=[])
    for n in range(1, len(history.steps) + 1):
        after = _driven(subject, loaded, history, n)
        if after.failure is not None:
            return replace(before, failure=after.failure, step=n)
        before = after
    return response  # it raises no longer: what it did first counts


def _driven(subject: Subject, loaded: Loaded, history: History, n: int) -> Response:
    """The first `n` steps of a new object."""
    reply = loaded.box.drive(*_journey(subject, history, n), reply_mb=_room(history, n))
    return _response(reply, n)


def _journey(
    subject: Subject, history: History, n: int
) -> tuple[str, list[Any], dict[str, Any], list[Any], list[Any]]:
    """What the box is to drive, and through what."""
    attributes = [dict(one.attributes) for one in history.steps[:n]]
    gradients = [one.grads for one in history.steps[:n]]
    return subject.question.entry.name, list(history.params), history.options, attributes, gradients


def _room(history: History, n: int) -> float:
    return reply_room(history.params, times=n)


def _response(reply: Reply, n: int) -> Response:
    if not isinstance(reply, Answer):
        return Response(value=[], failure=reply)
    match reply.value:
        case (list(path), bool(grads), bool(params)) if len(path) == n:
            changed = (*(("grads",) if grads else ()), *((LIST,) if params else ()))
            return Response(value=path, changed=changed, seconds=reply.seconds)
    # the shim shares a process with the student, and may have been replaced
    return Response(value=[], failure=Ended(Outcome.BAD_ANSWER, "", f"no path of {n} steps"))


def find(subject: Subject, case: Case, response: Response) -> Finding | None:
    """The first step after which a parameter is not where it should be."""
    precision, tolerance = bounds(subject, case)
    got, expected = response.value, case.expected
    if response.failure is None and surely_right(
        got, expected, names=("path",), precision=precision, tolerance=tolerance
    ):
        return side_effect(subject, response)
    start = History.of(case).params
    for k, (got, expected) in enumerate(_steps(case, response)):
        gated = gate(got, expected, names=("params",), precision=precision)
        if isinstance(gated, Finding):
            return _drawn(gated, k + 1, case, response)
        for leaf in gated:
            position = k * len(start) + leaf.position
            difference = compare(replace(leaf, position=position), tolerance)
            if difference is not None:
                moved = not _never_written_to(case, response, k + 1)
                said = feedback.wrong_step(difference, k + 1, moved=moved, exchanged=LIST in response.changed)
                return _drawn(said, k + 1, case, response)
    stopped = failed(response)
    if stopped is not None:
        return _drawn(stopped, response.step, case, response)
    return side_effect(subject, response)


def _never_written_to(case: Case, response: Response, n: int) -> bool:
    """Whether no array is another than at the start after any step, where each of the first `n` moves some.

    Numbers that stay may have been written all the same: where a right step leaves them, this says nothing.
    """
    start = History.of(case).params
    got: Any = response.value
    expected: Any = case.expected
    due = [start, *expected[:n]]
    return all(_same(start, params) for params in got) and not any(map(_same, due, due[1:]))


def _same(one: Any, other: Any) -> bool:
    return isinstance(other, list) and len(one) == len(other) and all(map(np.array_equal, one, other))


def _steps(case: Case, response: Response) -> Iterator[tuple[Value, list[Array]]]:
    got: Any = response.value
    expected: Any = case.expected
    return zip(got, expected, strict=False)  # an interrupted journey is shorter


def _drawn(finding: Finding, step: int | None, case: Case, response: Response) -> Finding:
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
    return examine_cases(subject, loaded, begin=begin, find=find)


METHOD = Method(respond=respond, find=find, examine=examine)
