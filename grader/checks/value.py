"""value: the outputs of a function against those of the reference."""

from __future__ import annotations

from collections.abc import Callable

from grader import calling, feedback
from grader.calling import MAX_CALLS
from grader.checks import intermediates
from grader.checks.method import Examined, Method, Subject, bounds, examine_cases, side_effect
from grader.compare import compare
from grader.errors import ReferenceError_
from grader.exercise import CallBound
from grader.finding import Finding
from grader.glance import surely_right
from grader.program import Loaded, Response
from grader.question import Case
from grader.sandbox import Ended, Raised
from grader.structure import gate


def respond(subject: Subject, loaded: Loaded, case: Case) -> Response:
    """Call the entry once."""
    return calling.call(loaded, subject.question.entry, case, subject.answerer(case))


def begin(subject: Subject, loaded: Loaded, case: Case) -> Callable[[], Response]:
    """Call the entry once, for a response that is fetched later."""
    return calling.begin(loaded, subject.question.entry, case, subject.answerer(case))


def find(subject: Subject, case: Case, response: Response) -> Finding | None:
    """The gates, then the numbers, then what is right but not as agreed."""
    return (
        failed(response)
        or _wrong(subject, case, response)
        or calls_out_of_bounds(subject, case, response)
        or side_effect(subject, response)
    )


def failed(response: Response) -> Finding | None:
    """An exception, too many calls, or a box that ended."""
    if isinstance(response.failure, Ended):
        return feedback.ended(response.failure)
    if isinstance(response.failure, Raised):
        for name, made in response.calls.items():
            if made > MAX_CALLS:
                return feedback.endless_calls(name, MAX_CALLS)
        return feedback.raised(response.failure)
    return None


def _wrong(subject: Subject, case: Case, response: Response) -> Finding | None:
    if subject.check.intermediates:
        return intermediates.find(subject, case, response)
    entry = subject.question.entry
    got, expected, names = response.value, case.expected, entry.returns
    precision, tolerance = bounds(subject, case)
    if surely_right(got, expected, names=names, precision=precision, tolerance=tolerance):
        return None
    gated = gate(got, expected, names=names, precision=precision)
    if isinstance(gated, Finding):
        return gated
    for leaf in gated:
        difference = compare(leaf, tolerance)
        if difference is not None:
            return feedback.mismatch(difference, of=leaf.name)
    return None


def calls_out_of_bounds(subject: Subject, case: Case, response: Response) -> Finding | None:
    """A callable argument that was called too often, or not often enough. ReferenceError_ if it is none."""
    for name, bound in subject.check.calls.items():
        if name not in case.functions:
            where = f"{subject.exercise.slug}: reference.py ({subject.check.group})"
            raise ReferenceError_(f"{where}: {name}, whose calls are counted, is not a function here")
        made = response.calls.get(name, 0)
        if not _allows(bound, made):
            return feedback.calls(name, made, bound)
    return None


def _allows(bound: CallBound, made: int) -> bool:
    if bound.exactly is not None:
        return made == bound.exactly
    return bound.at_most is None or made <= bound.at_most


def examine(subject: Subject, loaded: Loaded) -> Examined:
    """Every case of the group."""
    examined = examine_cases(subject, loaded, begin=begin, find=find)
    return intermediates.scored(subject, examined) if subject.check.intermediates else examined


METHOD = Method(respond=respond, find=find, examine=examine)
