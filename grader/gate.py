"""gate(): does an exercise do what its author says? Every stored program against its declared outcome.

Accepted solutions and the baseline pass, and so do accepted variants, which are named. Each wrong one fails
first at the check that it is declared to fail, and the diagnosis names it. The starter and every canary fail.
All that pass give the reference's values on the examples that Run shows. The reference's autograd agrees with
central differences. Without a GPU an exercise for one is tried on the processor; the report says what is not.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from math import isnan
from typing import Any

import numpy as np

from grader import inputs
from grader.calling import call
from grader.canaries import try_canaries
from grader.checks import Subject
from grader.checks.intermediates import names_of
from grader.errors import AuthorError
from grader.examples import run_examples
from grader.exercise import Check, CheckKind, Declared, Example, Exercise, Solution
from grader.extent import Extent
from grader.gate_report import Counterexample, GateReport, GateRow
from grader.judge import grade
from grader.outcome import Outcome
from grader.program import Meter, Program, opened
from grader.question import Question
from grader.reference import SEEDS, Reference, seed_for
from grader.sandbox import Sandbox
from grader.sandbox.answers import encode
from grader.signatures import lacking
from grader.tried_here import tried_here
from grader.values import Value
from grader.verdict import CheckResult, Verdict
from grader.wording import listing, number

BY_VALUE = (Outcome.MISMATCH, Outcome.NOT_FINITE)  # there are numbers to show, and they are wrong
MEASURED = (Outcome.TOO_SLOW, Outcome.TOO_MUCH_MEMORY, Outcome.GROWTH)  # with right answers
SHRINK_S, DIAGNOSE_S = 5.0, 60.0  # ten times a student's and more: what else is running must not decide
AGREEMENT = 1e-4  # relative, of autograd with central differences
AS_WRITTEN = 1e-12  # of a function with its text, relative to its largest value: differences magnify it
SAMPLED = 3  # inputs of each check that are made again, or compared with central differences


def unseen(_row: GateRow) -> None:
    """Nobody is watching."""


def gate(exercise: Exercise, *, sandbox: Sandbox, on_row: Callable[[GateRow], None] = unseen) -> GateReport:
    """Try everything that the author stored. `on_row` is called for each row as it is known."""
    started = time.monotonic()
    here, untried = tried_here(exercise, no_device=sandbox.why_no_device())
    rows = []
    for row in _rows(here, sandbox) if here.checks else ():
        on_row(row)
        rows.append(row)
        if row.broken:  # every other program would meet the same
            break
    seconds = time.monotonic() - started
    return GateReport(
        exercise=exercise.slug, digest=exercise.digest, seconds=seconds, rows=tuple(rows), untried=untried
    )


def _rows(exercise: Exercise, sandbox: Sandbox) -> Iterator[GateRow]:
    yield from _rows_of_programs(exercise, sandbox)
    yield from rows_of_checks(exercise, sandbox)


def _rows_of_programs(exercise: Exercise, sandbox: Sandbox) -> Iterator[GateRow]:
    if exercise.baseline is not None:
        yield _accepted(exercise, f"baseline{exercise.suffix}", sandbox)
    yield _starter(exercise, sandbox)
    for solution in exercise.solutions:
        if solution.outcome is Declared.ACCEPTED:
            yield _accepted(exercise, solution.file, sandbox)
        else:
            yield _wrong(exercise, solution, sandbox)
    for variant in exercise.variants:
        if variant.outcome is Declared.ACCEPTED:
            yield _accepted(exercise, variant.file, sandbox, name=variant.name)
        else:
            yield _wrong(exercise, variant, sandbox)
    if all(solution.outcome is not Declared.ACCEPTED for solution in exercise.solutions):
        yield _row("solutions", "an accepted one", "none", ok=False)


def rows_of_checks(exercise: Exercise, sandbox: Sandbox) -> Iterator[GateRow]:
    """What is due of the exercise itself: examples, inputs, canaries before each check, the reference."""
    for i, example in enumerate(exercise.examples, start=1):
        yield _example(exercise, f"example {i}, {example.entry}", example, sandbox)
    with Reference(exercise, sandbox) as reference:
        for check in exercise.checks:
            yield from _drawn_otherwise(_subject(exercise, check, sandbox, reference))
            yield from _canary_rows(_subject(exercise, check, sandbox, reference))
            yield from _written_otherwise(_subject(exercise, check, sandbox, reference))
            if check.wrt and check.kind in (CheckKind.GRADIENT, CheckKind.FORMULA):
                yield _differences(_subject(exercise, check, sandbox, reference))


def _row(program: str, declared: str, observed: str, *, ok: bool, remark: str = "") -> GateRow:
    return GateRow(program=program, declared=declared, observed=observed, ok=ok, remark=remark)


def _broken(program: str, declared: str, why: str) -> GateRow:
    """The author's code failed, and nothing is known of the program."""
    row = _row(program, declared, "the exercise failed", ok=False, remark=why)
    return replace(row, broken=True)


def _accepted(exercise: Exercise, file: str, sandbox: Sandbox, *, name: str = "") -> GateRow:
    """It passes everywhere; a variant, which has a name, is named by some check."""
    declared = "passes, named" if name else "passes"
    verdict = _verdict(exercise, file, sandbox, to_first_failure=False)
    if isinstance(verdict, str):
        return _broken(file, declared, verdict)
    failed = [check for check in verdict.checks if not check.passed]
    if failed:
        remark = f"{failed[0].sentence}{_distance(failed[0])}"
        return _row(file, declared, _observed(failed), ok=False, remark=remark)
    found = [check.evidence.variant for check in verdict.checks if check.evidence.variant]
    names = list(dict.fromkeys(one for variant in found for one in (variant["name"], *variant["also"])))
    as_declared = name in names if name else not names
    remark = "named" if names == [name] else f"named as {listing(names)}" if names else "not named"
    return _row(file, declared, _observed(failed), ok=as_declared, remark=remark if name or names else "")


def _distance(result: CheckResult) -> str:
    """How far a right solution is from the reference, which is what a tolerance is chosen by."""
    error, bound = result.evidence.error, result.evidence.bound
    if error is None or bound is None:
        return ""
    return f" It is off by {number(error, 3)}; the bound is {number(bound, 3)}."


def _starter(exercise: Exercise, sandbox: Sandbox) -> GateRow:
    file = f"starter{exercise.suffix}"
    verdict = _verdict(exercise, file, sandbox, to_first_failure=True)
    if isinstance(verdict, str):
        return _broken(file, "fails", verdict)
    failed = [check for check in verdict.checks if not check.passed]
    lacks = lacking(exercise)
    as_declared = bool(failed) and not lacks
    return _row(
        file, "fails, and has what is to be filled in", _observed(failed), ok=as_declared, remark=lacks
    )


def _wrong(exercise: Exercise, solution: Solution, sandbox: Sandbox) -> GateRow:
    where = f"“{solution.fails}”" + (f", {solution.at}" if solution.at else "")
    measured = any(one.name == solution.fails and one.kind.in_rounds for one in exercise.checks)
    declared = f"fails at {where}" if measured else f"fails at {where}, and is named"
    verdict = _verdict(exercise, solution.file, sandbox, to_first_failure=True, shrink_s=SHRINK_S)
    if isinstance(verdict, str):
        return _broken(solution.file, declared, verdict)
    failed = [check for check in verdict.checks if not check.passed]
    observed = _observed(failed)
    if not failed or failed[0].name != solution.fails:
        return _row(solution.file, declared, observed, ok=False, remark=failed[0].sentence if failed else "")
    first = next(names_of(failed[0].evidence.intermediates), "")
    if first != solution.at:
        return _row(solution.file, declared, observed, ok=False, remark=failed[0].sentence)
    ok, remark = _naming(failed[0], solution)
    row = _row(solution.file, declared, observed, ok=ok, remark=remark)
    named = solution.name in _names(failed[0])
    return replace(row, named=named, counterexample=_counterexample(failed[0]))


def _counterexample(result: CheckResult) -> Counterexample | None:
    """What the student would be shown; nothing where no value is wrong."""
    extent = result.evidence.extent
    if result.outcome not in BY_VALUE or extent is None:
        return None
    return Counterexample(extent=Extent(**extent), shown=result.evidence.input is not None)


def _naming(result: CheckResult, solution: Solution) -> tuple[bool, str]:
    """Whether the diagnosis named the solution as itself. What was measured alone says nothing about why."""
    if result.outcome in MEASURED:
        return True, "not named: its answers are right"
    names = _names(result)
    if solution.name not in names:
        return False, f"named as {listing(names)}" if names else "not named"
    others = [name for name in names if name != solution.name]
    return True, f"named, and so is {listing(others)}: the same on these inputs" if others else "named"


def _names(result: CheckResult) -> list[str]:
    diagnosis = result.evidence.diagnosis or {}
    return [diagnosis["name"], *diagnosis.get("also", [])] if diagnosis else []


def _observed(failed: list[CheckResult]) -> str:
    if not failed:
        return "passes"
    first = next(names_of(failed[0].evidence.intermediates), "")
    return f"{failed[0].outcome} at “{failed[0].name}”" + (f", {first}" if first else "")


def _verdict(
    exercise: Exercise, file: str, sandbox: Sandbox, *, to_first_failure: bool, shrink_s: float = 0
) -> Verdict | str:
    """The verdict, or what is broken in the exercise."""
    source = exercise.files[file]
    try:
        return grade(
            exercise,
            source,
            sandbox=sandbox,
            to_first_failure=to_first_failure,
            shrink_s=shrink_s,
            diagnose_s=DIAGNOSE_S,
        )
    except AuthorError as error:
        return str(error)


def _example(exercise: Exercise, program: str, example: Example, sandbox: Sandbox) -> GateRow:
    """Everything that passes gives on it what the reference gives."""
    declared = "every right solution gives the reference's values"
    alone = replace(exercise, examples=(example,))
    files = (*exercise.right, *(one.file for one in exercise.accepted_variants))
    try:
        runs = {file: run_examples(alone, exercise.files[file], sandbox=sandbox) for file in files}
    except AuthorError as error:
        return _broken(program, declared, str(error))
    failed = [f"{file}: {run.sentence}" for file, run in runs.items() if not run.passed]
    observed = f"{len(files) - len(failed)} of {len(files)} do"
    return _row(program, declared, observed, ok=not failed, remark=failed[0] if failed else "")


# properties of the checks


def _subject(exercise: Exercise, check: Check, sandbox: Sandbox, reference: Reference) -> Subject:
    return Subject(
        exercise=exercise,
        check=check,
        question=Question.of_check(exercise, check),
        reference=reference,
        sandbox=sandbox,
        seed=seed_for(secrets.randbelow(SEEDS), check.name),
        meter=Meter(),
    )


def _drawn_otherwise(subject: Subject) -> Iterator[GateRow]:
    """A row where one seed makes different inputs, so that no verdict could be repeated."""
    program, declared = f"inputs of “{subject.check.name}”", "the same again from the same seed"
    try:
        first, second = (_inputs(subject) for _ in range(2))
    except AuthorError as error:
        yield _broken(program, declared, str(error))
        return
    if first != second:
        yield _row(program, declared, "others", ok=False, remark="draw from rng alone, not from np.random")


def _inputs(subject: Subject) -> list[bytes]:
    """What the first of them hold, byte by byte."""
    n = subject.reference.ask(subject.question, subject.seed, ahead=False)
    cases = [subject.reference.case(i) for i in range(min(n, SAMPLED))]
    return [b"".join(map(bytes, encode(case.given))) for case in cases]


def _canary_rows(subject: Subject) -> Iterator[GateRow]:
    """One row for all canaries of a check, and one more for each that passes."""
    try:
        results = list(try_canaries(subject))
    except AuthorError as error:
        yield _broken(f"canaries of “{subject.check.name}”", "fail", str(error))
        return
    missed = [one.name for one in results if one.applies and not one.caught]
    idle = [one.name for one in results if not one.applies]
    observed = f"{len(results) - len(idle) - len(missed)} of {len(results) - len(idle)} fail"
    remark = f"passes: {listing(missed)}" if missed else (f"does not apply: {listing(idle)}" if idle else "")
    yield _row(f"canaries of “{subject.check.name}”", "fail", observed, ok=not missed, remark=remark)


def _written_otherwise(subject: Subject) -> Iterator[GateRow]:
    """A row where a function that is an argument is not the one that its text says."""
    program = f"functions of “{subject.check.name}”"
    declared = "as the student reads them"
    try:
        n = subject.reference.ask(subject.question, subject.seed, ahead=False)
        found = next(filter(None, map(partial(_misread, subject), range(min(n, SAMPLED)))), "")
    except AuthorError as error:
        yield _broken(program, declared, str(error))
        return
    if found:
        yield _row(program, declared, "others", ok=False, remark=found)


def _misread(subject: Subject, index: int) -> str:
    """Where a right solution calls such a function and its text gives another value, if anywhere."""
    case, reference = subject.reference.case(index), subject.reference
    calls: list[tuple[str, tuple[Value, ...], Any]] = []

    def answer(name: str, args: tuple[Value, ...]) -> Value:
        value = reference.answer(index, name, args)
        calls.append((name, args, value))
        return value

    for file in subject.exercise.right[:1] if any(case.functions.values()) else ():
        program = Program.of(subject.exercise, subject.exercise.files[file])
        with opened(program, subject.sandbox) as loaded:
            if loaded.start() is None:
                call(loaded, subject.question.entry, case, answer)
    for name, args, value in calls:
        if not case.functions[name]:
            continue
        written: Any = reference.answer_as_written(index, name, args)
        bound = AS_WRITTEN * max(_size(one) for called, _args, one in calls if called == name)
        if not np.allclose(written, value, rtol=0, atol=bound, equal_nan=True):
            at = ", ".join(map(inputs.shown, args))
            return f"{name}({at}) is {inputs.shown(value)}; as_python says {inputs.shown(written)}"
    return ""


def _size(value: Any) -> float:
    """The largest finite number in it."""
    return float(np.nan_to_num(np.abs(value), posinf=0.0).max(initial=0.0))


def _differences(subject: Subject) -> GateRow:
    program = f"reference of “{subject.check.name}”"
    declared = "agrees with central differences"
    try:
        n = subject.reference.ask(subject.question, subject.seed)
        found = [subject.reference.disagreement(i) for i in range(min(n, SAMPLED))]
    except AuthorError as error:
        return _broken(program, declared, str(error))
    worst = max(found, key=lambda one: (isnan(one), one))  # NaN is no agreement
    agrees = worst <= AGREEMENT
    observed = f"to {number(worst, 2)}" if agrees else f"differs by {number(worst, 2)} of it"
    return _row(program, declared, observed, ok=agrees)
