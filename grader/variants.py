"""Accepted variants: other right answers that an exercise takes, each always named.

A variant is a stored program of the author's, so what it gives for an input is the expected value of the
variant, and the same gates and bounds apply. A submission is right as a variant only if it agrees with it as
a whole on all inputs of a check, and it must be the same form, the statement's or one variant, in all checks
of a verdict. Where no input tells two forms apart, a check fits both, and names neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from grader import feedback
from grader.checks import METHODS, Examined, Subject
from grader.errors import ReferenceError_
from grader.exercise import CheckKind, Exercise, Solution
from grader.program import Loaded, Response
from grader.question import Case
from grader.sandbox import Sandbox
from grader.stored import StoredSolutions
from grader.verdict import Evidence

COMPARED = (CheckKind.VALUE, CheckKind.GRADIENT, CheckKind.TRAJECTORY, CheckKind.PROGRAM, CheckKind.FORMULA)
Form = Solution | None  # a variant, or the statement's own form


class Variants:
    """Which forms one submission may still have, from check to check."""

    def __init__(self, exercise: Exercise, sandbox: Sandbox) -> None:
        self._exercise, self._sandbox = exercise, sandbox
        self._possible: list[Form] = [None, *exercise.accepted_variants]
        self._decided_at = ""  # the check that told the forms apart last

    def judged(self, subject: Subject, examined: Examined) -> Examined:
        """What was found, in the light of the forms that the exercise accepts."""
        if not self._exercise.accepted_variants or subject.check.kind not in COMPARED:
            return examined
        own: list[Form] = [None] if examined.finding is None else []
        if own == self._possible:
            return examined
        fits = own + list(followed(subject, examined.cases, examined.responses))
        if not fits:
            return examined
        possible = [form for form in self._possible if form in fits]
        if not possible:
            return self._mixed(fits[0])
        if len(possible) < len(self._possible):
            self._possible, self._decided_at = possible, subject.check.name
        return examined if None in fits else _as_variant(examined, possible)

    def _mixed(self, form: Form) -> Examined:
        """Without a transcript: no input is wrong by itself, and no mistake is to be looked for."""
        finding = feedback.mixed_forms(_name(form), _name(self._possible[0]), self._decided_at)
        return Examined(finding=finding)


def followed(subject: Subject, cases: Sequence[Case], responses: Sequence[Response]) -> tuple[Solution, ...]:
    """The accepted variants that answer as these responses do, on every input."""
    with StoredSolutions(subject.exercise, subject.sandbox) as stored:
        return tuple(
            variant
            for variant in subject.exercise.accepted_variants
            if _agrees(subject, _loaded(subject, stored, variant), variant, cases, responses)
        )


def _loaded(subject: Subject, stored: StoredSolutions, variant: Solution) -> Loaded:
    program = stored.loaded(variant, subject.question.entry)
    if program is None:
        entry = subject.question.entry.name
        raise ReferenceError_(f"{subject.exercise.slug}: {variant.file}: does not load, or lacks {entry}")
    return program


def _agrees(
    subject: Subject,
    program: Loaded,
    variant: Solution,
    cases: Sequence[Case],
    responses: Sequence[Response],
) -> bool:
    method = METHODS[subject.check.kind]
    for case, response in zip(cases, responses, strict=True):
        due = expected_of(subject, program, variant, case)
        if method.find(subject, due, response) is not None:
            return False
    return True


def expected_of(subject: Subject, program: Loaded, variant: Solution, case: Case) -> Case:
    """The case with what the variant gives for it as the expected answer."""
    answer = METHODS[subject.check.kind].respond(subject, program, case)
    if answer.failure is not None:
        raise ReferenceError_(f"{subject.exercise.slug}: {variant.file}: no answer in “{subject.check.name}”")
    return replace(case, expected=answer.value)


def _as_variant(examined: Examined, forms: Sequence[Form]) -> Examined:
    """Right, with the names of the variants that it is right as."""
    named = [form for form in forms if form is not None]
    names, sentence = list(dict.fromkeys(form.name for form in named)), named[0].sentence
    evidence = Evidence(variant={"name": names[0], "sentence": sentence, "also": names[1:]})
    return replace(examined, finding=None, passed=feedback.as_variant(names, sentence), evidence=evidence)


def _name(form: Form) -> str:
    return form.name if form is not None else ""
