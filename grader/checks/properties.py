"""property: an invariant that every right answer keeps to, where there are many right answers.

The answer passes the gates of its declared form. Then the author's function looks into it, in a reference
box that no other submission meets, and returns numbers: the residuals, and others for its sentences. The
judge holds each residual against its bound.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from grader import calling, feedback
from grader.checks.method import Examined, Method, Subject, examine_cases, side_effect
from grader.checks.value import calls_out_of_bounds, failed
from grader.finding import Finding
from grader.forms import gate_forms, like
from grader.program import Loaded, Response
from grader.question import Case
from grader.structure import Precision


def respond(subject: Subject, loaded: Loaded, case: Case) -> Response:
    """Call the entry once, and have the author's function look into what it returned."""
    due = like(subject.check.forms, case.arguments)
    response = calling.call(loaded, subject.question.entry, case, subject.answerer(case), like=due)
    return _looked_into(subject, case, response)


def begin(subject: Subject, loaded: Loaded, case: Case) -> Callable[[], Response]:
    """Call the entry once; what it returned is looked into when it is fetched."""
    due = like(subject.check.forms, case.arguments)
    fetch = calling.begin(loaded, subject.question.entry, case, subject.answerer(case), like=due)
    return lambda: _looked_into(subject, case, fetch())


def find(subject: Subject, case: Case, response: Response) -> Finding | None:
    """The gates, then the bounds, then what is right but not as agreed."""
    return (
        failed(response)
        or _misshapen(subject, case, response)
        or _out_of_bounds(subject, response if response.found else _examined(subject, case, response))
        or calls_out_of_bounds(subject, case, response)
        or side_effect(subject, response)
    )


def _looked_into(subject: Subject, case: Case, response: Response) -> Response:
    if failed(response) or _misshapen(subject, case, response):
        return response
    return _examined(subject, case, response)


def _misshapen(subject: Subject, case: Case, response: Response) -> Finding | None:
    names = subject.question.entry.returns
    precision = Precision.of(case.floats, subject.exercise.runtime)
    return gate_forms(response.value, subject.check.forms, names, case.arguments, precision)


def _examined(subject: Subject, case: Case, response: Response) -> Response:
    due = {name for one in subject.check.residuals for name in (one.name, *one.names)}
    return replace(response, found=subject.reference.residuals(case.index, response.value, due))


def _out_of_bounds(subject: Subject, response: Response) -> Finding | None:
    if isinstance(response.found, str):
        return feedback.refused(response.found)
    found = response.found or {}
    for residual in subject.check.residuals:
        if not residual.allows(found[residual.name]):
            return feedback.out_of_bounds(residual, found)
    return None


def examine(subject: Subject, loaded: Loaded) -> Examined:
    """Every case of the group."""
    return examine_cases(subject, loaded, begin=begin, find=find)


METHOD = Method(respond=respond, find=find, examine=examine)
