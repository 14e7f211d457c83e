"""grade(): an exercise and a student's source in, a `Verdict` out.

Three processes: this one holds expected values, seeds, tolerances and the clock; the student's box gets the
code and one input at a time; the reference box runs the author's code. A check fails in a fresh box of the
student's only: what an earlier check did to the process (state, patched modules, memory) counts for nothing,
a limit is the limit of one check, and a stored wrong solution meets the same fresh process when its answers
are compared. While all is right, one box serves one check after the other (see `_tried`). When a limit of
time or memory was reached, the checks after it are not run, and all checks together may take `TOGETHER`
times what one may, so that no program holds the judge for longer than that.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any, Self

from grader import diagnosis, feedback, shrinking
from grader.checks import METHODS, Examined, Subject
from grader.checks.method import axes_of_one
from grader.errors import AuthorError
from grader.exercise import Check, Exercise
from grader.finding import Finding
from grader.outcome import Outcome
from grader.program import Loaded, Meter, Program, opened
from grader.question import Question
from grader.reference import Reference, seed_for
from grader.sandbox import Sandbox
from grader.sandbox.cores import sharing_a_core
from grader.variants import Variants
from grader.verdict import CheckResult, Evidence, Verdict

EXHAUSTED = (Outcome.CPU_LIMIT, Outcome.WALL_LIMIT, Outcome.LOAD_LIMIT, Outcome.MEMORY_LIMIT)
TOGETHER = 3.0  # times the exercise's `wall_s`: what all checks may take, loading and answered calls included
LEAST_S = 0.5  # that a check may take in any case
OnCheck = Callable[[int, CheckResult | None], None]


def silent(_position: int, _result: CheckResult | None) -> None:
    """Nobody is watching."""


def grade(
    exercise: Exercise,
    source: str,
    *,
    sandbox: Sandbox,
    seed: int | None = None,
    on_check: OnCheck = silent,
    to_first_failure: bool = False,
    shrink_s: float = shrinking.MAX_SECONDS,
    diagnose_s: float = diagnosis.MAX_SECONDS,
) -> Verdict:
    """Grade a source. `on_check(i, None)` when check i starts, `on_check(i, result)` when it ends.

    With `to_first_failure` the checks after it are left out, as the gate has no use for them. A
    smaller input that fails alike is looked for as long as `shrink_s`; not at all with 0, for those who read
    no input. Known mistakes are compared as long as `diagnose_s`.

    Raises AuthorError if the exercise fails, InfrastructureError if we do; a student's mistake is in the
    verdict.
    """
    started = time.monotonic()
    with Meter() as meter, Reference(exercise, sandbox) as reference:
        drawn = seed is None
        seed = reference.draw() if seed is None else seed
        grading = Grading(exercise, source, sandbox=sandbox, reference=reference, seed=seed, meter=meter)
        grading.to_first_failure = to_first_failure
        grading.shrink_s, grading.diagnose_s = shrink_s, diagnose_s
        with grading:
            results = [grading.run(i, on_check) for i in range(len(exercise.checks))]
        if drawn:  # the next seed will be, too
            reference.prepare([one.question for one in grading.in_turn(0)])
    points = sum(result.points for result in results)
    return Verdict(
        exercise=exercise.slug,
        digest=exercise.digest,
        seed=seed,
        points=points,
        max_points=exercise.max_points,
        headline=feedback.headline(results, points, exercise.max_points),
        seconds=time.monotonic() - started,
        usage=meter.usage,
        stdout=grading.stdout,
        checks=tuple(results),
    )


class Grading:
    """One submission on its way through the checks."""

    def __init__(
        self,
        exercise: Exercise,
        source: str,
        *,
        sandbox: Sandbox,
        reference: Reference,
        seed: int,
        meter: Meter,
    ) -> None:
        self.meter = meter
        self.stdout = ""
        self.to_first_failure = False
        self.shrink_s, self.diagnose_s = shrinking.MAX_SECONDS, diagnosis.MAX_SECONDS
        self._exercise, self._sandbox = exercise, sandbox
        self._reference, self._seed = reference, seed
        self._program = Program.of(exercise, source)
        self._variants = Variants(exercise, sandbox)
        self._left_s = TOGETHER * exercise.limits.wall_s
        self._stopped: CheckResult | None = None  # the check after which none is run
        self._failed: list[str] = []
        self._diagnosed: list[str] = []
        self._ruled_out: set[str] = set()  # files of known mistakes
        self._subjects: dict[int, Subject] = {}
        self._kept: Loaded | None = None  # in a box in which every check so far was right
        self._held = ExitStack()  # what ends that box

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._drop()

    def run(self, position: int, on_check: OnCheck) -> CheckResult:
        """One check, reported when it starts and when it ends."""
        on_check(position, None)
        check = self._exercise.checks[position]
        result = self._not_run(check) if self._stopped else self._examined(position)
        on_check(position, result)
        return result

    def _not_run(self, check: Check) -> CheckResult:
        return _result(check, Outcome.NOT_RUN, feedback.not_run(self._stopped))

    def _examined(self, position: int) -> CheckResult:
        subject = self._subject(position)
        check = subject.check
        if check.kind.in_rounds:
            self._sandbox.settle()
        else:
            self._reference.begin(subject.question, subject.seed, then=self._then(position))
        tried = self._tried(subject)
        if tried is not None:
            return _result(check, Outcome.PASSED, tried.passed, tried.evidence)
        examined, loads = self._afresh(subject)
        finding = examined.finding
        if finding is None:
            return _result(check, Outcome.PASSED, examined.passed, examined.evidence)
        self._failed.append(check.name)
        result = _result(check, finding.outcome, finding.sentence, finding.evidence, points=examined.points)
        if not loads or finding.outcome in EXHAUSTED or self.to_first_failure:
            self._stopped = result
        return result

    def _afresh(self, subject: Subject) -> tuple[Examined, bool]:
        """What is found in a fresh box, and whether the program loads there."""
        with self._opened(subject.check) as student:
            broken = student.start()
            missing = None if broken else student.defines(subject.question.entry)
            if broken is None and missing is None:
                examined = METHODS[subject.check.kind].examine(subject, student)
            else:
                examined = Examined(finding=broken or missing)
            printed = student.stdout
            examined = self._variants.judged(subject, examined)
            examined = self._explained(subject, student, examined, printed)
            self._left_s -= student.spent_s
            if examined.finding is None and self._shares(subject.check):
                self._drop()
                self._kept = student
        self._keep_output(printed, failed=examined.finding is not None)
        return examined, broken is None

    def _explained(self, subject: Subject, student: Loaded, examined: Examined, printed: str) -> Examined:
        """The finding with its diagnosis, on the smallest input that shows it, and what was printed."""
        if examined.finding is None:
            return examined
        known = tuple(self._diagnosed)
        named = self._diagnosis(subject, examined)
        shown = named is not None and named["name"] in known
        finding = self._shrunk(subject, student, examined, examined.finding, briefly=shown)
        evidence = replace(finding.evidence, diagnosis=named, stdout=printed or None)
        return replace(examined, finding=replace(finding, evidence=evidence))

    def _tried(self, subject: Subject) -> Examined | None:
        """What the box of the checks before finds right; None where it is to be asked in a fresh one.

        Answers that are right are right in any process. Whatever is wrong here may come of what an earlier
        check left behind, and proves nothing.
        """
        student = self._kept
        if student is None:
            return None
        if not self._shares(subject.check):
            self._drop()
            self.meter.settle()  # it could compute on, and must not even die, beside what is measured
            return None
        before_s, said = student.spent_s, len(student.stdout)
        examined = None
        if student.defines(subject.question.entry) is None:
            examined = METHODS[subject.check.kind].examine(subject, student)
            examined = self._variants.judged(subject, examined)
        self._left_s -= student.spent_s - before_s
        if examined is None or examined.finding is not None:
            self._drop()
            return None
        self._keep_output(student.stdout[said:], failed=False)
        return examined

    def _shares(self, check: Check) -> bool:
        """Whether a check can be asked in the box of others: not where it measures, or there is none."""
        program = self._program
        return not (check.kind.in_rounds or program.on_device or program.variables is not None)

    @contextmanager
    def _opened(self, check: Check) -> Iterator[Loaded]:
        """The program in a fresh box, which is ended afterwards unless it is kept."""
        with ExitStack() as stack:
            student = stack.enter_context(opened(self._in_time(), self._sandbox, self.meter))
            if self._shares(check):
                stack.enter_context(sharing_a_core(student.box))
            yield student
            if student is self._kept:
                self._held = stack.pop_all()

    def _drop(self) -> None:
        """End the box that was kept."""
        self._kept = None
        self._held.close()

    def _in_time(self) -> Program:
        """The program, bounded to what the checks before have left of the time of all."""
        limits, left_s = self._program.limits, max(round(self._left_s, 1), LEAST_S)
        if left_s >= max(limits.wall_s, limits.load_s):
            return self._program
        wall_s, load_s = min(limits.wall_s, left_s), min(limits.load_s, left_s)
        return replace(self._program, limits=replace(limits, wall_s=wall_s, load_s=load_s))

    def _then(self, position: int) -> list[tuple[Question, int]]:
        """What the reference will be asked after this check, if that has not been said before it."""
        said = position > 0 and not self._subject(position - 1).check.kind.in_rounds
        if said or self.to_first_failure:
            return []
        return [(one.question, one.seed) for one in self.in_turn(position + 1)]

    def in_turn(self, position: int) -> Iterator[Subject]:
        """The checks from there on, up to those that draw new inputs in rounds."""
        for i in range(position, len(self._exercise.checks)):
            subject = self._subject(i)
            if subject.check.kind.in_rounds:
                return
            yield subject

    def _subject(self, position: int) -> Subject:
        if position not in self._subjects:
            check = self._exercise.checks[position]
            self._subjects[position] = Subject(
                exercise=self._exercise,
                check=check,
                question=Question.of_check(self._exercise, check),
                reference=self._reference,
                sandbox=self._sandbox,
                seed=seed_for(self._seed, position),
                meter=self.meter,
            )
        return self._subjects[position]

    def _shrunk(
        self, subject: Subject, student: Loaded, examined: Examined, finding: Finding, *, briefly: bool
    ) -> Finding:
        """The finding on the smallest input that shows it; `briefly` where another check has shown the
        mistake.
        """
        if finding.evidence.case is None or examined.ended or not self.shrink_s:
            return finding
        case = examined.cases[finding.evidence.case - 1]
        shrunk = shrinking.shrink(subject, student, case, finding, within_s=self.shrink_s, rounds=not briefly)
        if axes_of_one(shrunk) > axes_of_one(finding):
            return finding
        whole = finding.evidence  # of all inputs, and with enough weights and steps to draw
        evidence = replace(shrunk.evidence, intermediates=whole.intermediates, path=whole.path)
        return replace(shrunk, evidence=evidence)

    def _diagnosis(self, subject: Subject, examined: Examined) -> Any:
        """A broken wrong solution or a reference that fails in it must not cost the student the verdict."""
        try:
            named = diagnosis.diagnose(
                subject,
                examined,
                failed=self._failed,
                known=self._diagnosed,
                ruled_out=self._ruled_out,
                within_s=self.diagnose_s,
            )
        except AuthorError:
            return None
        if named is not None:
            self._diagnosed.append(named["name"])
        return named

    def _keep_output(self, printed: str, *, failed: bool) -> None:
        """What the first check printed, or the first that failed and printed anything."""
        if printed and (not self.stdout or (failed and not self._diagnosed)):
            self.stdout = printed


def _result(
    check: Check, outcome: Outcome, sentence: str, evidence: Evidence | None = None, *, points: int = 0
) -> CheckResult:
    return CheckResult(
        name=check.name,
        kind=check.kind,
        outcome=outcome,
        points=check.points if outcome is Outcome.PASSED else points,
        max_points=check.points,
        visibility=check.visibility,
        visibility_after=check.visibility_after,
        sentence=sentence,
        evidence=evidence or Evidence(),
    )
