"""property: an invariant that every right answer keeps to, where there are many right answers.

The answer passes the gates of its declared form. Then the author's function looks into it, in a reference
box that no other submission meets, and returns numbers: the residuals, and others for its sentences. The
judge holds each residual against its bound.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from grader import calling, feedback
from grader.checks.method import Examined, Method, Subject, examine_cases, side_effect
from grader.checks.value import calls_out_of_bounds, failed
from grader.errors import ReferenceError_
from grader.exercise import RNG
from grader.finding import Finding
from grader.forms import gate_forms, like
from grader.program import Loaded, Response
from grader.question import Case
from grader.sandbox.answers import encode
from grader.structure import Precision
from grader.values import Value

SAME_SEED = "Called with two generators of the same seed, your code returns different numbers."
OTHER_SEED = "Called with generators of two seeds, your code returns the same numbers."


def respond(subject: Subject, loaded: Loaded, case: Case) -> Response:
    """Call the entry, and have the author's function look into what it returned."""
    due = like(subject.check.forms, case.arguments)
    entry, answer = subject.question.entry, subject.answerer(case)
    responses = [calling.call(loaded, entry, one, answer, like=due) for one in _asked(subject, case)]
    return _looked_into(subject, case, responses)


def begin(subject: Subject, loaded: Loaded, case: Case) -> Callable[[], Response]:
    """Call the entry; what it returned is looked into when it is fetched."""
    due = like(subject.check.forms, case.arguments)
    entry, answer = subject.question.entry, subject.answerer(case)
    fetches = [calling.begin(loaded, entry, one, answer, like=due) for one in _asked(subject, case)]
    return lambda: _looked_into(subject, case, [fetch() for fetch in fetches])


def _asked(subject: Subject, case: Case) -> list[Case]:
    """The input; with the same rng once more, and with another one, where the answer is drawn from it."""
    if not subject.check.seeded:
        return [case]
    seed = case.arguments.get(RNG)
    if type(seed) is not int:
        where = f"{subject.exercise.slug}: reference.py ({subject.check.group})"
        raise ReferenceError_(f"{where}: expected a whole number for {RNG}")
    return [case, case, replace(case, arguments={**case.arguments, RNG: seed ^ 1})]


def find(subject: Subject, case: Case, response: Response) -> Finding | None:
    """The gates, then the bounds, then what is right but not as agreed."""
    return (
        failed(response)
        or _misshapen(subject, case, response)
        or _out_of_bounds(subject, response if response.found else _examined(subject, case, response))
        or calls_out_of_bounds(subject, case, response)
        or side_effect(subject, response)
    )


def _looked_into(subject: Subject, case: Case, responses: Sequence[Response]) -> Response:
    """The first response with what is found in it, or the one that is none."""
    for response in responses:
        if failed(response) or _misshapen(subject, case, response):
            return response
    first, *others = responses
    if others:
        again, other = (_same(first.value, one.value) for one in others)
        if not again or other:
            return replace(first, found=OTHER_SEED if again else SAME_SEED)
    return _examined(subject, case, first)


def _same(a: Value, b: Value) -> bool:
    """Bit by bit."""
    return list(map(bytes, encode(a))) == list(map(bytes, encode(b)))


def _misshapen(subject: Subject, case: Case, response: Response) -> Finding | None:
    names = subject.question.entry.returns
    precision = Precision.of(case.floats, subject.exercise.runtime)
    return gate_forms(response.value, subject.check.forms, names, case.arguments, precision)


def _examined(subject: Subject, case: Case, response: Response) -> Response:
    due = {name for one in subject.check.residuals for name in (one.name, *one.names)}
    return replace(response, found=subject.reference.residuals(case.index, response.value, due))


def _out_of_bounds(subject: Subject, response: Response) -> Finding | None:
    if isinstance(response.found, str):
        unseeded = response.found in (SAME_SEED, OTHER_SEED)
        return feedback.unseeded(response.found) if unseeded else feedback.refused(response.found)
    found = response.found or {}
    for residual in subject.check.residuals:
        if not residual.allows(found[residual.name]):
            return feedback.out_of_bounds(residual, found, subject.question.entry.returns)
    return None


def examine(subject: Subject, loaded: Loaded) -> Examined:
    """Every case of the group."""
    return examine_cases(subject, loaded, begin=begin, find=find)


METHOD = Method(respond=respond, find=find, examine=examine)
