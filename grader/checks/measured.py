"""What checks that measure have in common: fresh inputs, answers that are checked, the baseline.

Nothing that is measured counts unless it came with a right answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from grader.checks import program, training, trajectory, value
from grader.checks.method import Method, Subject
from grader.errors import ReferenceError_
from grader.exercise import CheckKind
from grader.program import Loaded, Program, Response, opened
from grader.question import Case
from grader.reference import seed_for
from grader.sandbox import Limits

BASELINE_LIMITS = Limits(cpu_s=120.0, wall_s=120.0, memory_mb=2048)
KINDS = {
    CheckKind.TRAJECTORY: trajectory.METHOD,
    CheckKind.PROGRAM: program.METHOD,
    CheckKind.TRAINING: training.METHOD,
}


def plain(subject: Subject) -> Method:
    """The method of the check of the same entry that measures nothing."""
    return KINDS.get(subject.question.kind, value.METHOD)


def fresh_case(subject: Subject, k: int) -> Case:
    """A fresh input for each round: nothing can be learnt from the one before."""
    n = subject.reference.ask(subject.question, seed_for(subject.seed, k), ahead=False)
    return subject.reference.case(k % n)


@contextmanager
def baseline(subject: Subject) -> Iterator[Loaded]:
    """The author's good solution, in a box like the student's."""
    source = subject.exercise.baseline or ""
    of_author = Program.of(subject.exercise, source)
    with opened(
        replace(of_author, filename="baseline.py", limits=BASELINE_LIMITS), subject.sandbox
    ) as loaded:
        finding = loaded.start() or loaded.defines(subject.question.entry)
        if finding is not None:
            raise ReferenceError_(f"{subject.exercise.slug}: baseline.py: {finding.sentence}")
        yield loaded


def trust(subject: Subject, case: Case, response: Response) -> None:
    """The baseline has to be right."""
    finding = plain(subject).find(subject, case, response)
    if finding is not None:
        raise ReferenceError_(f"{subject.exercise.slug}: baseline.py: {finding.sentence}")
