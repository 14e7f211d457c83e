"""time: how long the student's code takes, as a multiple of the baseline's.

Both programs are given the same fresh input, one after the other in random order, on the same core. Each is
stopped but during its own turn, and on the clock outside the boxes, which stops when the judge holds its own
copy of the answer. Every timed answer is also checked.
The figure is the median of the paired ratios; "too slow" is said only when its whole interval lies above the
threshold, and what is still undecided at the last look passes.
"""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, field
from statistics import median

from grader import feedback
from grader.checks import measured
from grader.checks.measured import fresh_case, plain, trust
from grader.checks.method import Examined, Method, Subject
from grader.finding import Finding
from grader.interval import LOOKS, median_interval
from grader.program import Loaded, Response
from grader.question import Case
from grader.verdict import Evidence

WARM_UP = 1  # pairs that are checked but not counted
REVIEW = 0.2  # a median below this is too good to be true
ROOM = 0.4  # of a limit: the next look at most doubles what is used, and the import is to be had beside it


@dataclass
class Sample:
    """The times of both programs, pair by pair."""

    yours: list[float] = field(default_factory=list)
    baseline: list[float] = field(default_factory=list)
    looks: int = 0

    @property
    def ratios(self) -> list[float]:
        """Paired: what slows the machine down for a while slows both."""
        return [a / b for a, b in zip(self.yours, self.baseline, strict=True)]


def examine(subject: Subject, student: Loaded) -> Examined:
    """Pairs, until a look decides or the last look is past."""
    sample, order = Sample(), random.Random(subject.seed)
    core = min(os.sched_getaffinity(0))
    with measured.baseline(subject) as baseline:
        for program in (student, baseline):
            program.box.time_on(core)
        for k in range(WARM_UP + LOOKS[-1]):
            case = fresh_case(subject, k)
            yours, theirs = _pair(subject, student, baseline, case, student_first=order.random() < 0.5)
            finding = find(subject, case, yours)
            if finding is not None:
                return Examined(finding=finding, cases=(case,), responses=(yours,), wrong=(0,))
            if k < WARM_UP or theirs.failure is not None:
                trust(subject, case, theirs)
            if k >= WARM_UP:
                sample.yours.append(yours.seconds)
                sample.baseline.append(theirs.seconds)
            if len(sample.yours) in LOOKS and k >= WARM_UP:
                sample.looks += 1
                if _decided(subject, sample) or baseline.box.worn or _exhausting(subject, sample):
                    break
    return _judged(subject, sample)


def _pair(
    subject: Subject, student: Loaded, baseline: Loaded, case: Case, *, student_first: bool
) -> tuple[Response, Response]:
    respond = plain(subject).respond
    if student_first:
        yours = respond(subject, student, case)
        return yours, respond(subject, baseline, case)
    theirs = respond(subject, baseline, case)
    return respond(subject, student, case), theirs


def _decided(subject: Subject, sample: Sample) -> bool:
    low, _, high = median_interval(sample.ratios)
    threshold = subject.check.threshold or 0.0
    return low > threshold or high <= threshold


def _exhausting(subject: Subject, sample: Sample) -> bool:
    """Whether a program at the threshold could reach a limit before the next look.

    The student's own program is not asked: what is undecided passes, and one that wastes what it may use
    would be looked at less.
    """
    limits = subject.exercise.limits
    at_threshold_s = (subject.check.threshold or 0.0) * sum(sample.baseline)
    return at_threshold_s > ROOM * min(limits.cpu_s, limits.wall_s)


def _judged(subject: Subject, sample: Sample) -> Examined:
    low, middle, high = median_interval(sample.ratios)
    threshold = subject.check.threshold or 0.0
    decided = _decided(subject, sample)
    evidence = Evidence(
        timing={
            "ratios": [round(ratio, 4) for ratio in sample.ratios],
            "median": middle,
            "low": low,
            "high": high,
            "threshold": threshold,
            "looks": sample.looks,
            "decided": decided,
            "review": middle < REVIEW,
            "baseline_ms": 1e3 * median(sample.baseline),
            "yours_ms": 1e3 * median(sample.yours),
        }
    )
    if low > threshold:
        return Examined(finding=feedback.too_slow(evidence, middle, low, high, threshold))
    passed = feedback.fast_enough(middle, low, high, threshold, decided=decided)
    return Examined(finding=None, passed=passed, evidence=evidence)


def respond(subject: Subject, loaded: Loaded, case: Case) -> Response:
    """As for the untimed check of the same entry."""
    return plain(subject).respond(subject, loaded, case)


def find(subject: Subject, case: Case, response: Response) -> Finding | None:
    """As for the untimed check of the same entry."""
    return plain(subject).find(subject, case, response)


METHOD = Method(respond=respond, find=find, examine=examine)
