"""What every kind of check offers, and the loop that most of them share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from grader import feedback, inputs
from grader.exercise import Check, Exercise
from grader.extent import Extent
from grader.finding import Finding
from grader.outcome import Outcome
from grader.program import Answerer, Loaded, Meter, Response
from grader.question import Case, Question
from grader.reference import Reference
from grader.sandbox import Ended, Sandbox
from grader.structure import Precision
from grader.tolerance import Tolerance, tolerance_for
from grader.verdict import NOTHING, Evidence

AT_ONCE = 16  # inputs of a row


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One check of one grading: everything a method needs to know."""

    exercise: Exercise
    check: Check
    question: Question
    reference: Reference
    sandbox: Sandbox
    seed: int  # of this check
    meter: Meter

    def answerer(self, case: Case) -> Answerer:
        """Who answers the calls of a case's functions: the reference box."""
        return lambda name, args: self.reference.answer(case.index, name, args)


@dataclass(frozen=True, kw_only=True)
class Examined:
    """What a method found, with the transcript that the diagnosis works on."""

    finding: Finding | None
    passed: str = ""  # the sentence if there is no finding
    evidence: Evidence = NOTHING  # beside `passed`
    cases: tuple[Case, ...] = ()
    responses: tuple[Response, ...] = ()
    wrong: tuple[int, ...] = ()  # which of them are
    points: int = 0  # in spite of a finding, where named values are scored by themselves
    first_wrong: str = ""  # of the named values

    @property
    def ended(self) -> bool:
        """Whether the box is gone."""
        return bool(self.responses) and isinstance(self.responses[-1].failure, Ended)


class Respond(Protocol):
    """Give a program one input and take what it makes of it."""

    def __call__(self, subject: Subject, loaded: Loaded, case: Case) -> Response: ...


class Begin(Protocol):
    """Likewise, for a response that is fetched later: the program works while the judge does other things."""

    def __call__(self, subject: Subject, loaded: Loaded, case: Case) -> Callable[[], Response]: ...


class Find(Protocol):
    """What is wrong with a response, if anything."""

    def __call__(self, subject: Subject, case: Case, response: Response) -> Finding | None: ...


@dataclass(frozen=True, kw_only=True)
class Method:
    """A kind of check."""

    respond: Respond
    find: Find
    examine: Callable[[Subject, Loaded], Examined]


def examine_cases(subject: Subject, loaded: Loaded, *, begin: Begin, find: Find) -> Examined:
    """Every input in turn, the next one sent only when the answer to the last is here.

    The answers to small ones are looked into when there is a row of them; that to a large one while the box
    works on the next.
    """
    n = subject.reference.ask(subject.question, subject.seed)
    cases: list[Case] = []
    responses: list[Response] = []
    findings: dict[int, Finding] = {}
    for case, response in _answered(subject, loaded, n, begin):
        finding = find(subject, case, response)
        if finding is not None:
            subject.reference.expect_numbers(case)
            findings[len(cases)] = finding
        cases.append(case)
        responses.append(response)
    return Examined(
        finding=shown(subject, cases, findings),
        passed=feedback.passed(n),
        cases=tuple(cases),
        responses=tuple(responses),
        wrong=tuple(findings),
    )


def _answered(subject: Subject, loaded: Loaded, n: int, begin: Begin) -> Iterator[tuple[Case, Response]]:
    """The inputs with what the program makes of them, until its box ends; it has the next ones by then."""
    ahead = [subject.reference.unchecked(0)]  # made, and not yet begun
    made = 1

    def row() -> list[tuple[Case, Callable[[], Response]]]:
        nonlocal made
        begun = []
        while ahead:
            case = ahead.pop()
            begun.append((case, begin(subject, loaded, case)))
            if made < n:
                ahead.append(subject.reference.unchecked(made))  # the box may be at work meanwhile
                made += 1
            if not loaded.holds or len(begun) == AT_ONCE:
                break
        return begun

    begun = row()
    while begun:
        answered = []
        for case, fetch in begun:
            answered.append((case, fetch()))
            if isinstance(answered[-1][1].failure, Ended):
                yield from answered
                return
        begun = row()
        yield from answered


def bounds(subject: Subject, case: Case) -> tuple[Precision, Tolerance]:
    """Which dtypes an answer to this input may have, and how far its numbers may be off."""
    rule = subject.check.tolerance
    tolerance = tolerance_for(case.floats, rule=rule, magnitudes=case.magnitudes)
    return Precision.of(case.floats, subject.exercise.runtime), tolerance


def side_effect(subject: Subject, response: Response) -> Finding | None:
    """A changed input, in checks without points only: the box reports it, and a box can lie."""
    if subject.check.points or not response.changed:
        return None
    return feedback.changed_input(response.changed)


def shown(subject: Subject, cases: Sequence[Case], findings: Mapping[int, Finding]) -> Finding | None:
    """The finding on the smallest input, of those with the first one's outcome: easiest to look at.

    Of shapes first one in which an axis is told from others by its length.
    """
    if not findings:
        return None
    outcome = next(iter(findings.values())).outcome
    alike = [i for i, finding in findings.items() if finding.outcome is outcome]
    i = min(alike, key=lambda i: (axes_of_one(findings[i]), cases[i].size(), i))
    entry = subject.question.entry
    text, extent = inputs.as_python(cases[i], entry), Extent.of(cases[i], entry).as_dict()
    evidence = replace(findings[i].evidence, case=i + 1, cases=len(cases), input=text, extent=extent)
    return replace(findings[i], evidence=evidence)


def axes_of_one(finding: Finding) -> int:
    """How many axes of length 1 a wrong shape and the right one have together: they hide what is wrong."""
    if finding.outcome is not Outcome.SHAPE:
        return 0
    return len(re.findall(r"\b1\b", f"{finding.evidence.got} {finding.evidence.expected}"))
