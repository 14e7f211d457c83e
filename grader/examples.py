"""Run, as against Submit: the visible examples of an exercise, or a lesson's fragment. Nothing is scored."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from grader import feedback, inputs
from grader.checks import METHODS, Subject
from grader.errors import AuthorError
from grader.exercise import Check, CheckKind, Example, Exercise, Visibility
from grader.finding import Finding
from grader.outcome import Outcome
from grader.program import Loaded, Meter, Program, Response, opened
from grader.question import Case, Question
from grader.reference import Reference
from grader.sandbox import Limits, Runtime, Sandbox, Usage
from grader.variants import followed
from grader.verdict import NOTHING, Evidence, usage_as_dict

FRAGMENT = Limits(cpu_s=5.0, wall_s=10.0, load_s=10.0)


@dataclass(frozen=True, kw_only=True)
class ExampleResult:
    """One example: what went in, what came out, what the reference gives."""

    entry: str
    input: str
    got: str
    expected: str
    outcome: Outcome
    sentence: str
    evidence: Evidence = NOTHING

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        names = ("entry", "input", "got", "expected", "sentence")
        texts = {name: getattr(self, name) for name in names}
        return {**texts, "outcome": str(self.outcome), "evidence": self.evidence.as_dict()}


@dataclass(frozen=True, kw_only=True)
class RunResult:
    """What came of a run. `outcome` is of the first example that is not right, or of loading."""

    outcome: Outcome
    sentence: str
    stdout: str
    seconds: float
    usage: Usage
    evidence: Evidence = NOTHING
    examples: tuple[ExampleResult, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the code ran, and every example came out right."""
        return self.outcome is Outcome.PASSED

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "outcome": str(self.outcome),
            "sentence": self.sentence,
            "stdout": self.stdout,
            "seconds": self.seconds,
            "usage": usage_as_dict(self.usage),
            "evidence": self.evidence.as_dict(),
            "examples": [example.as_dict() for example in self.examples],
        }


def run_examples(exercise: Exercise, source: str, *, sandbox: Sandbox) -> RunResult:
    """Every example of the exercise, in one box, beside what the reference gives."""
    started = time.monotonic()
    with (
        Meter() as meter,
        Reference(exercise, sandbox) as reference,
        opened(Program.of(exercise, source), sandbox, meter) as student,
    ):
        broken = student.start()
        run = partial(_run, exercise, student, sandbox=sandbox, reference=reference, meter=meter)
        results = () if broken else tuple(map(run, exercise.examples))
        printed = student.stdout
    wrong = next((one for one in results if one.outcome is not Outcome.PASSED), None)
    finding = broken or (Finding(wrong.outcome, wrong.sentence, wrong.evidence) if wrong else None)
    return _result(finding, printed, started, meter, results)


def run_fragment(source: str, *, runtime: Runtime | str, sandbox: Sandbox) -> RunResult:
    """A fragment of a lesson, for what it prints."""
    started = time.monotonic()
    program = Program(source=source, filename="fragment.py", runtime=Runtime(runtime), limits=FRAGMENT)
    with Meter() as meter, opened(program, sandbox, meter) as fragment:
        stopped = fragment.start(feedback.raised)
        printed = fragment.stdout
    return _result(stopped, printed, started, meter, ())


def _result(
    finding: Finding | None, printed: str, started: float, meter: Meter, examples: tuple[ExampleResult, ...]
) -> RunResult:
    return RunResult(
        outcome=finding.outcome if finding else Outcome.PASSED,
        sentence=finding.sentence if finding else feedback.ran(len(examples)),
        stdout=printed,
        seconds=time.monotonic() - started,
        usage=meter.usage,
        evidence=finding.evidence if finding else NOTHING,
        examples=examples,
    )


def _run(
    exercise: Exercise,
    student: Loaded,
    example: Example,
    *,
    sandbox: Sandbox,
    reference: Reference,
    meter: Meter,
) -> ExampleResult:
    question = Question.of_example(exercise, example)
    check = _check_like(exercise, question)
    subject = Subject(
        exercise=exercise,
        check=check,
        question=question,
        reference=reference,
        sandbox=sandbox,
        seed=0,
        meter=meter,
    )
    reference.ask(question, 0)
    case = reference.case(0)
    missing = student.defines(question.entry)
    method = METHODS[question.kind]
    response = Response() if missing else method.respond(subject, student, case)
    finding = missing or method.find(subject, case, response)
    variant = None if missing or finding is None else _variant(subject, case, response)
    if variant is not None:
        finding = None
    return ExampleResult(
        entry=question.entry.name,
        input=inputs.as_python(case, question.entry) or "# too long to show",
        got="" if missing or response.failure else inputs.shown(response.value),
        expected=_expected(check, case),
        outcome=finding.outcome if finding else Outcome.PASSED,
        sentence=finding.sentence if finding else variant or "",
        evidence=finding.evidence if finding else NOTHING,
    )


def _variant(subject: Subject, case: Case, response: Response) -> str | None:
    """What is said of an answer that is right as a variant; nothing where a variant is broken."""
    try:
        fits = followed(subject, [case], [response])
    except AuthorError:
        return None
    return feedback.as_variant([one.name for one in fits], fits[0].sentence) if fits else None


def _expected(check: Check, case: Case) -> str:
    """The reference's answer; the bounds where many are right."""
    if check.kind is not CheckKind.PROPERTY:
        return inputs.shown(case.expected)
    return "\n".join(f"{one.name}: {feedback.bound_of(one)}" for one in check.residuals)


def _check_like(exercise: Exercise, question: Question) -> Check:
    """A check of the same entry and kind, for its tolerance; without points and bounds on calls."""
    alike = [one for one in exercise.checks if one.entry == question.entry.name and one.kind is question.kind]
    if alike:
        asked = next((one for one in alike if one.reference == question.reference), alike[0])
        return replace(asked, calls={}, points=0)
    return Check(
        name="Example",
        kind=question.kind,
        entry=question.entry.name,
        group="",
        points=0,
        visibility=Visibility.ALL,
        visibility_after=Visibility.ALL,
        reference=question.reference,
    )
