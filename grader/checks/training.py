"""training: a model of the student's has to reach a loss on data whose targets the box has not seen.

The entry trains and returns predictions for new inputs; the targets stay with the judge. The author's loss,
in the reference box, is given predictions that have passed the gates, and the targets. Every input of the
group is one run, with a seed or data of its own, and the median of the losses counts.
"""

from __future__ import annotations

from math import inf, isnan
from statistics import median
from typing import Any

import numpy as np

from grader import feedback
from grader.checks.method import Examined, Method, Subject
from grader.checks.value import failed, respond
from grader.finding import Finding
from grader.program import Loaded, Response
from grader.question import Case
from grader.structure import Precision, gate
from grader.values import Tensor, Value
from grader.verdict import Evidence

MAX_CURVE = 200  # points of a curve that are kept
Curve = tuple[list[float], int]  # these, and how many there were


def find(subject: Subject, case: Case, response: Response) -> Finding | None:
    """What is wrong with one run by itself."""
    loss = _loss(subject, case, response)
    return loss if isinstance(loss, Finding) else _too_high(subject, [loss], [])


def examine(subject: Subject, student: Loaded) -> Examined:
    """All runs, then the median of their losses."""
    n = subject.reference.ask(subject.question, subject.seed)
    cases, responses, losses, curves = [], [], [], []
    for i in range(n):
        cases.append(subject.reference.case(i))
        responses.append(respond(subject, student, cases[i]))
        loss = _loss(subject, cases[i], responses[i])
        if isinstance(loss, Finding):
            return _examined(loss, cases, responses, (i,))
        losses.append(loss)
        curves.append(_curve(responses[i].value))
    finding = _too_high(subject, losses, curves)
    if finding is not None:
        return _examined(finding, cases, responses, tuple(range(n)))
    passed = feedback.trained(losses, subject.check.loss or 0.0)
    return Examined(finding=None, passed=passed, evidence=_evidence(subject, losses, curves))


def _examined(
    finding: Finding, cases: list[Case], responses: list[Response], wrong: tuple[int, ...]
) -> Examined:
    return Examined(finding=finding, cases=tuple(cases), responses=tuple(responses), wrong=wrong)


def _loss(subject: Subject, case: Case, response: Response) -> float | Finding:
    """The author's loss of the predictions, or what is wrong before it can be computed."""
    stopped = failed(response)
    if stopped is not None:
        return stopped
    names = subject.question.entry.returns
    predictions = _predictions(response.value, len(names))
    if isinstance(predictions, Finding):
        return predictions
    precision = Precision.of(case.floats, subject.exercise.runtime)
    gated = gate(predictions, case.expected, names=names[:1], precision=precision)
    if isinstance(gated, Finding):
        return gated
    loss = subject.reference.loss(case.index, predictions)
    return inf if isnan(loss) else loss  # among numbers that are sorted, NaN could hide behind a good run


def _predictions(value: Value, returned: int) -> Value | Finding:
    """The first of what is returned; a second one is the curve."""
    if returned == 1:
        return value
    if not isinstance(value, tuple) or len(value) != returned:
        return feedback.wrong_type("The result", value, f"a tuple of {returned} values")
    first: Value = value[0]
    return first


def _too_high(subject: Subject, losses: list[float], curves: list[Curve]) -> Finding | None:
    bound = subject.check.loss or 0.0
    if median(losses) > bound:
        return feedback.not_trained(_evidence(subject, losses, curves), losses, bound)
    return None


def _evidence(subject: Subject, losses: list[float], curves: list[Curve]) -> Evidence:
    """`curves` are what the student's code says of its own progress: drawn, and never judged."""
    drawn = [curve for curve in curves if curve[0]]
    return Evidence(
        training={
            "losses": losses,
            "median": median(losses),
            "at_most": subject.check.loss,
            "curves": [curve for curve, _ in drawn],
            "lengths": [length for _, length in drawn],
        }
    )


def _curve(value: Value) -> Curve:
    """A returned list of losses, thinned out, and how long it was; empty where it is none."""
    second: Any = value[1] if isinstance(value, tuple) and len(value) == 2 else []
    second = second.array if isinstance(second, Tensor) else second
    try:
        curve = np.asarray(second, dtype=np.float64)
    except (TypeError, ValueError):
        return [], 0
    if curve.ndim != 1 or not np.isfinite(curve).all():
        return [], 0
    kept = np.unique(np.linspace(0, len(curve) - 1, min(len(curve), MAX_CURVE)).astype(int))
    return [float(one) for one in curve[kept]], len(curve)


METHOD = Method(respond=respond, find=find, examine=examine)
