"""Which slip an output has: relations of the whole first, then precision, then regions."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from grader.checks.method import Examined, Subject
from grader.exercise import CheckKind
from grader.outcome import Outcome
from grader.slips import sentences
from grader.slips.combined import Twin, links
from grader.slips.engines import not_accumulated
from grader.slips.pairs import PATH, Output, close, outputs
from grader.slips.paths import of_path
from grader.slips.regions import not_finite, region
from grader.slips.relations import precision, relation
from grader.slips.sentences import LOST, Reason, Slip, and_of, in_output, of_two, on_top
from grader.wording import listing

EXCHANGED = "Exchanged"
MAX_SECONDS = 1.0  # of looking; numbers alone are quick, and some arrays are large
NUMERIC = (Outcome.MISMATCH, Outcome.SHAPE, Outcome.STRUCTURE, Outcome.NOT_FINITE, Outcome.SIDE_EFFECT)
OF_FORMULAS = {  # hints for formulas
    "All zeros": "Only a constant has the derivative 0.",
    "Constant factor": "Which factor did the chain rule bring in, or was lost on the way?",
}


@np.errstate(all="ignore")  # an answer may hold the largest numbers there are
def recognise(subject: Subject, examined: Examined, twins: Sequence[Twin] = ()) -> Mapping[str, Any] | None:
    """What the outputs that are wrong have, each by itself; or None.

    `twins` are the stored wrong solutions that answered alike in part.
    """
    finding = examined.finding
    if finding is None or finding.outcome not in NUMERIC:
        return None
    found = outputs(subject, examined)
    reasons = _reasons(subject, examined, found, twins)
    if not reasons:
        return _changed_input(examined)
    groups = _groups(reasons)
    reason = groups[0][1] if len(groups) == 1 else of_two(groups[0][1], groups[1][1])
    told = {name for names, _ in groups[:2] for name in names}
    failing = [output for output in found if output.failing]
    evidence = next(output.evidence for output in failing if output.name in told)
    rest = [output.name for output in failing if output.name not in told]
    if rest:
        evidence += f"; {listing(rest)} {'is' if len(rest) == 1 else 'are'} wrong as well"
    return said(reason, evidence)


def _reasons(
    subject: Subject, examined: Examined, found: Sequence[Output], twins: Sequence[Twin]
) -> dict[str, Reason]:
    """For each output that is wrong: a known mistake, or a slip, or a slip on top of a known mistake."""
    known = links(subject, examined.cases, found, [one for one in twins if _writes_no_more(one, examined)])
    slips = {output.name: slip for output, slip in slips_of(subject, found)}
    reasons = {}
    for output in found:
        link = next(iter(known.get(output.name, [])), None)
        slip = slips.get(output.name)
        is_lost = (
            slip is not None and slip.name == LOST
        )  # then what a known mistake has in common may be lost
        if output.failing and link is not None and (slip is None or (link.twist is None and not is_lost)):
            of = link.solution
            reason = Reason(of.name, of.sentence, of.hint, of.lesson or subject.check.lesson)
            reason = reason if link.twist is None else on_top(link.twist, reason)
            reasons[output.name] = in_output(output.name, reason) if len(found) > 1 else reason
        elif slip is not None:
            reasons[output.name] = Reason(slip.name, slip.sentence, slip.hint)
    return reasons


def _writes_no_more(twin: Twin, examined: Examined) -> bool:
    """Whether a stored solution writes to nothing that the submission leaves alone, for which it is told."""
    both = zip(twin.responses, examined.responses, strict=True)
    return all(set(theirs.changed) <= set(mine.changed) for theirs, mine in both)


def _groups(reasons: Mapping[str, Reason]) -> list[tuple[list[str], Reason]]:
    """Outputs of which the same is true, together."""
    groups: dict[tuple[str, str], list[str]] = {}
    for name, reason in reasons.items():
        text = "" if reason.name == EXCHANGED else reason.sentence.replace(name, "")
        groups.setdefault((reason.name, text), []).append(name)
    return [
        (names, and_of(reasons[names[0]], [] if reasons[names[0]].name == EXCHANGED else names[1:]))
        for names in groups.values()
    ]


def slips_of(subject: Subject, found: Sequence[Output]) -> Iterator[tuple[Output, Slip]]:
    """Every output that is wrong and has a slip."""
    deadline = time.monotonic() + MAX_SECONDS
    for output in found:
        if not output.failing or time.monotonic() > deadline:
            continue
        slip = _exchanged(output, found) or slip_of(subject, output)
        if slip is not None:
            yield output, slip


def slip_of(subject: Subject, output: Output) -> Slip | None:
    """The slip of one output."""
    question = subject.question
    if output.name == PATH:
        return of_path(output)
    of_formula = question.kind is CheckKind.FORMULA
    engine = question.entry.engine
    looks: list[Callable[[Output], Slip | None]] = [
        lambda one: precision(one, of_formula=of_formula),
        lambda one: _forward(subject, one) if of_formula else None,
        relation,
        lambda one: not_accumulated(one) if engine and one.name == engine.grad else None,
        not_finite,
        region,
    ]
    slip = next((slip for look in looks if (slip := look(output)) is not None), None)
    if slip is not None and of_formula:
        return replace(slip, hint=OF_FORMULAS.get(slip.name, slip.hint))
    return slip


def said(reason: Reason, evidence: str) -> Mapping[str, Any]:
    """As a diagnosis is written."""
    return {**asdict(reason), "evidence": evidence, "also": [], "slip": True}


def _exchanged(output: Output, found: Sequence[Output]) -> Slip | None:
    """Two outputs in each other's place."""
    for other in found:
        both = list(zip(output.pairs, other.pairs, strict=False))
        if other is output or not other.failing or len(output.pairs) != len(other.pairs):
            continue
        if all(
            a.got.shape == b.expected.shape
            and b.got.shape == a.expected.shape
            and close(a.got, b.expected)
            and close(b.got, a.expected)
            for a, b in both
        ):
            return sentences.exchanged(output.name, other.name)
    return None


def _forward(subject: Subject, output: Output) -> Slip | None:
    """A formula that is that of the function itself."""
    if not subject.question.wrt:
        return None
    for pair in output.pairs:
        if not close(pair.got, np.asarray(subject.reference.undifferentiated(pair.case.index))):
            return None
    return Slip(
        name="Not differentiated",
        sentence=f"{output.name} has the values of the function itself, not of its derivative.",
        hint="How fast do these values change with the variable?",
    )


def _changed_input(examined: Examined) -> Mapping[str, Any] | None:
    """Where nothing else is known: an argument written to on every failing input, and on no other."""
    if examined.finding is not None and examined.finding.outcome is Outcome.SIDE_EFFECT:
        return None  # that is the finding itself
    changed = [one.changed for one in examined.responses]
    wrong = {changed[i] for i in examined.wrong}
    right = {names for i, names in enumerate(changed) if i not in examined.wrong}
    if len(wrong) != 1 or not (names := next(iter(wrong))) or names in right:
        return None
    slip, n = sentences.changed_input(names), len(examined.responses)
    reason = Reason(slip.name, slip.sentence, slip.hint)
    return said(reason, f"on {len(examined.wrong)} of {n} inputs")
