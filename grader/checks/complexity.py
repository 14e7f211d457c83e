"""complexity: how time, or the number of calls of an argument, grows with the size of the input.

The exercise names the sizes, and the reference makes one input for each. In every round a line is fitted to
the amounts on log-log axes; its slope is the exponent. Calls are counted by the judge. Time is taken outside
the box, on one core, where the box runs during its turn only; "too steep" is said only when the whole
interval of the rounds' exponents lies above the bound, or when the program has used so much of what it may
use that it cannot be looked at longer: then the median decides. Every answer is also checked.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from statistics import median

import numpy as np

from grader import feedback
from grader.checks.measured import plain
from grader.checks.method import Examined, Method, Subject
from grader.errors import ReferenceError_
from grader.exercise import Growth
from grader.finding import Finding
from grader.interval import LOOKS, median_interval
from grader.program import Loaded, Response
from grader.question import Case
from grader.reference import seed_for
from grader.verdict import Evidence

WARM_UP = 1  # rounds of a timed check that are not counted
ROUNDS_OF_CALLS = 3


@dataclass
class Sample:
    """The amounts of all rounds, one for each size."""

    sizes: tuple[int, ...]
    rounds: list[list[float]] = field(default_factory=list)
    cut_short: bool = False  # by what the program has used

    @property
    def exponents(self) -> list[float]:
        """Of each round."""
        return [exponent(self.sizes, amounts) for amounts in self.rounds]

    @property
    def amounts(self) -> list[float]:
        """The median for each size."""
        return [median(amounts) for amounts in zip(*self.rounds, strict=True)]


def exponent(sizes: tuple[int, ...], amounts: list[float]) -> float:
    """The slope of log(amount) against log(size), by least squares."""
    x, y = np.log(sizes), np.log(np.maximum(amounts, np.finfo(float).tiny))
    x, y = x - x.mean(), y - y.mean()
    return float(x @ y / (x @ x))


def examine(subject: Subject, student: Loaded) -> Examined:
    """Rounds over all sizes, until a look decides or the last look is past."""
    growth = _growth(subject)
    sample = Sample(growth.sizes)
    last: list[tuple[Case, Response]] = []  # the round whose inputs the reference still has
    if growth.of_time:
        student.box.time_on(min(os.sched_getaffinity(0)))
    for k in range(WARM_UP + LOOKS[-1] if growth.of_time else ROUNDS_OF_CALLS):
        last = _round(subject, student, k)
        for case, response in last:
            finding = plain(subject).find(subject, case, response)
            if finding is not None:
                return Examined(finding=finding, cases=(case,), responses=(response,), wrong=(0,))
        amounts = [_amount(growth, response) for _, response in last]
        if not growth.of_time or k >= WARM_UP:
            sample.rounds.append(amounts)
        if growth.of_time and len(sample.rounds) in LOOKS:
            sample.cut_short = not _decided(sample, growth) and student.box.worn
            if sample.cut_short or _decided(sample, growth):
                break
    finding = _finding(sample, growth)
    if finding is None:
        return Examined(finding=None, passed=_passed(sample, growth), evidence=_evidence(sample, growth))
    cases, responses = zip(*last, strict=True)
    return Examined(finding=finding, cases=cases, responses=responses, wrong=tuple(range(len(cases))))


def _amount(growth: Growth, response: Response) -> float:
    return response.seconds if growth.of_time else float(response.calls.get(growth.of, 0))


def _round(subject: Subject, student: Loaded, k: int) -> list[tuple[Case, Response]]:
    """One fresh input of each size, in turn."""
    sizes = _growth(subject).sizes
    n = subject.reference.ask(subject.question, seed_for(subject.seed, k), ahead=False)
    if n != len(sizes):
        where = f"{subject.exercise.slug}: reference.py: the group {subject.check.group!r}"
        raise ReferenceError_(f"{where} has {n} inputs; one for each of {len(sizes)} sizes is due")
    made = []
    for i in range(n):
        case = subject.reference.case(i)
        made.append((case, plain(subject).respond(subject, student, case)))
        if made[-1][1].failure is not None:
            break
    return made


def _growth(subject: Subject) -> Growth:
    growth = subject.check.growth
    if growth is None:
        raise RuntimeError("loading requires growth in a check of complexity")
    return growth


def _interval(sample: Sample, growth: Growth) -> tuple[float, float, float]:
    """Of counts it is all that was found: they have no noise but that of the inputs."""
    exponents = sample.exponents
    if growth.of_time:
        return median_interval(exponents)
    return min(exponents), median(exponents), max(exponents)


def _decided(sample: Sample, growth: Growth) -> bool:
    low, _, high = _interval(sample, growth)
    return low > growth.at_most or high <= growth.at_most


def _finding(sample: Sample, growth: Growth) -> Finding | None:
    low, middle, high = _interval(sample, growth)
    # what is undecided passes, so that nobody must be able to have fewer looks
    if low > growth.at_most or (sample.cut_short and middle > growth.at_most):
        return feedback.too_steep(_evidence(sample, growth), growth, middle, low, high)
    return None


def _passed(sample: Sample, growth: Growth) -> str:
    low, middle, high = _interval(sample, growth)
    return feedback.flat_enough(growth, middle, low, high, decided=_decided(sample, growth))


def _evidence(sample: Sample, growth: Growth) -> Evidence:
    low, middle, high = _interval(sample, growth)
    return Evidence(
        growth={
            "of": growth.of,
            "sizes": list(growth.sizes),
            "amounts": sample.amounts,
            "exponent": middle,
            "low": low,
            "high": high,
            "at_most": growth.at_most,
            "decided": _decided(sample, growth),
        }
    )


def respond(subject: Subject, loaded: Loaded, case: Case) -> Response:
    """As for the check of the same entry that measures nothing."""
    return plain(subject).respond(subject, loaded, case)


def find(subject: Subject, case: Case, response: Response) -> Finding | None:
    """As for the check of the same entry that measures nothing."""
    return plain(subject).find(subject, case, response)


METHOD = Method(respond=respond, find=find, examine=examine)
