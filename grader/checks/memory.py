"""memory: the peak of the student's box beyond what the inputs take, as a multiple of the baseline's.

Both programs, and one that only receives its arguments, are given the same fresh input, each in a box of its
own. The peaks are those that the kernel reports when it reaps the processes; what a box says about itself
plays no part. "Too much" is said only when the ratio lies above the threshold in every one of nine rounds:
with a true median at the threshold that happens once in 512 times. Every answer is also checked.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from statistics import median

from grader import feedback
from grader.checks.measured import BASELINE_LIMITS, fresh_case, plain, trust
from grader.checks.method import Examined, Method, Subject
from grader.errors import ReferenceError_
from grader.finding import Finding
from grader.program import Loaded, Meter, Program, Response, opened
from grader.question import Case
from grader.verdict import Evidence

ROUNDS, FIRST_ROUNDS = 9, 3  # in all; and how many it takes for a decision to pass
LEAST_MB = 8.0  # of the baseline's own: the kernel counts in pages, and adds them up in lots of up to 1 MB
IDENTITY = "def {name}(*arguments):\n    pass\n"
IDLE_ENGINE = "class {name}:\n    def __init__(self, data):\n        pass\n"  # cannot do the first operation


@dataclass
class Sample:
    """MB beyond the inputs, round by round."""

    yours: list[float] = field(default_factory=list)
    baseline: list[float] = field(default_factory=list)

    @property
    def ratios(self) -> list[float]:
        """Of one round each."""
        return [a / b for a, b in zip(self.yours, self.baseline, strict=True)]


def examine(subject: Subject, student: Loaded) -> Examined:
    """Rounds, until one lies below the threshold or all are done."""
    sample, threshold = Sample(), subject.check.threshold or 0.0
    for k in range(ROUNDS):
        case = fresh_case(subject, k)
        yours, response = _peak(subject, student.program, case, subject.meter)
        finding = plain(subject).find(subject, case, response)
        if finding is not None:
            return Examined(finding=finding, cases=(case,), responses=(response,), wrong=(0,))
        inputs, theirs = _peaks_of_author(subject, case)
        sample.yours.append(max(yours - inputs, 0.0))
        sample.baseline.append(theirs - inputs)
        if k + 1 >= FIRST_ROUNDS and min(sample.ratios) <= threshold:
            break
    return _judged(sample, threshold)


def _peak(subject: Subject, program: Program, case: Case, meter: Meter | None) -> tuple[float, Response]:
    """MB that the kernel saw at most, and the answer. A program that does not load has not answered."""
    own = Meter()
    with opened(program, subject.sandbox, own) as loaded:
        broken = loaded.start()
        response = Response() if broken else plain(subject).respond(subject, loaded, case)
    if meter is not None:
        meter.add(own.usage)
    return own.usage.peak_mb, response


def _peaks_of_author(subject: Subject, case: Case) -> tuple[float, float]:
    """Of a program that does nothing, and of the baseline."""
    exercise = subject.exercise
    good = replace(Program.of(exercise, exercise.baseline or ""), limits=BASELINE_LIMITS)
    entry = subject.question.entry
    idle = replace(good, source=(IDLE_ENGINE if entry.engine else IDENTITY).format(name=entry.name))
    inputs, _ = _peak(subject, idle, case, None)
    theirs, response = _peak(subject, good, case, None)
    trust(subject, case, response)
    if theirs - inputs < LEAST_MB:
        found = f"{theirs - inputs:.1f} MB beyond its inputs; {LEAST_MB:g} MB or more can be compared"
        raise ReferenceError_(f"{exercise.slug}: baseline.py: needs {found}")
    return inputs, theirs


def _judged(sample: Sample, threshold: float) -> Examined:
    low, middle, high = min(sample.ratios), median(sample.ratios), max(sample.ratios)
    evidence = Evidence(
        memory={
            "ratios": [round(ratio, 4) for ratio in sample.ratios],
            "median": middle,
            "low": low,
            "high": high,
            "threshold": threshold,
            "baseline_mb": median(sample.baseline),
            "yours_mb": median(sample.yours),
        }
    )
    if low > threshold:
        return Examined(finding=feedback.too_much_memory(evidence, middle, threshold))
    return Examined(finding=None, passed=feedback.small_enough(middle, threshold), evidence=evidence)


def respond(subject: Subject, loaded: Loaded, case: Case) -> Response:
    """As for the check of the same entry that measures nothing."""
    return plain(subject).respond(subject, loaded, case)


def find(subject: Subject, case: Case, response: Response) -> Finding | None:
    """As for the check of the same entry that measures nothing."""
    return plain(subject).find(subject, case, response)


METHOD = Method(respond=respond, find=find, examine=examine)
