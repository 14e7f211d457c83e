"""Slips of an optimizer, read from its path: parameters at the start and after each step, a row each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from grader.question import Case, History
from grader.slips import sentences
from grader.slips.pairs import RTOL, Array, Output, Pair, close
from grader.slips.quantities import equals, is_constant, quantity
from grader.slips.relations import factors_of
from grader.slips.sentences import Slip


def of_path(path: Output) -> Slip | None:
    """The first that holds on every failing history."""
    if not path.failing or not all(_comparable(pair) for pair in path.failing):
        return None
    return _length(moves(path)) or _shifted(path) or _from_one_step(path)


def turned(path: Output) -> Slip | None:
    """Steps the other way, or too long or too short alike."""
    return _length(moves(path)) if all(_comparable(pair) for pair in path.pairs) else None


def moves(path: Output) -> Output:
    """How far each step goes."""
    pairs = tuple(
        replace(pair, got=np.diff(pair.got, axis=0), expected=np.diff(pair.expected, axis=0))
        if _comparable(pair)
        else pair
        for pair in path.pairs
    )
    failing = [one for one, pair in zip(pairs, path.pairs, strict=True) if pair.failing]
    return replace(path, pairs=tuple(failing))


def _comparable(pair: Pair) -> bool:
    return (
        pair.finite and pair.got.shape == pair.expected.shape and len(pair.got) > 1 and pair.got.shape[1] > 0
    )


def _length(moved: Output) -> Slip | None:
    """No step, steps the other way, or steps that are too long or too short alike."""
    if not any(np.any(pair.got) for pair in moved.pairs):
        return sentences.never_moves()
    factors = factors_of(moved)
    if factors is None:
        return None
    if np.allclose(factors, -1.0, rtol=RTOL):
        return sentences.uphill()
    cases = [pair.case for pair in moved.failing if np.any(pair.expected)]
    text = quantity(cases, factors)
    if text is None:
        return None
    return sentences.step_length(text, equals(cases, factors[0]) if is_constant(factors) else [])


def _shifted(path: Output) -> Slip | None:
    """Every position is the one before or after, or the first or last step does nothing."""
    if min(len(pair.expected) for pair in path.failing) < 4:  # two steps to compare, at least
        return None
    for what, matches in SHIFTS:
        if all(matches(pair.got, pair.expected) for pair in path.failing):
            return sentences.steps_shifted(what)
    return None


def _left_out(got: Array, due: Array, at: int) -> bool:
    """Whether that step moves nothing and the others are right."""
    mine, theirs = np.diff(got, axis=0), np.diff(due, axis=0)
    if np.any(mine[at]) or not np.any(theirs[at]):
        return False
    rest = slice(1, None) if at == 0 else slice(None, -1)
    return close(mine[rest], theirs[rest])


SHIFTS: tuple[tuple[str, Callable[[Array, Array], bool]], ...] = (
    ("is a step behind", lambda got, due: close(got[1:], due[:-1])),
    ("is a step ahead", lambda got, due: close(got[1:-1], due[2:])),
    ("leaves out the first step", lambda got, due: _left_out(got, due, 0)),
    ("leaves out the last step", lambda got, due: _left_out(got, due, -1)),
)


def _from_one_step(path: Output) -> Slip | None:
    """Right at first, and wrong from a step on that has something of its own."""
    wrong = [np.any(pair.wrong, axis=1, keepdims=True) for pair in path.failing]
    first = [int(np.argmax(rows)) for rows in wrong]  # row 0 is the start
    if not all(np.all(rows[k:]) for rows, k in zip(wrong, first, strict=True)):
        return None
    events = [dict(_events(pair.case)) for pair in path.failing]
    untouched = [dict(_events(pair.case)) for pair in path.pairs if not pair.failing]
    fitting = [
        event
        for event in events[0]
        if all(known.get(event) == k for known, k in zip(events, first, strict=True))
        and not any(event in known for known in untouched)
    ]
    return sentences.wrong_from(fitting, HINTS.get(fitting[-1], OF_SETTING)) if fitting else None


SECOND, MISSING = "the second step", "the first gradient that is None"
HINTS = {
    SECOND: "What does `step` have to keep from one call to the next, and what must it not keep?",
    MISSING: "An array without a gradient is left alone, and the next ones still have their own.",
}
OF_SETTING = "Where does `step` read it: from the object, at every call, or from what `__init__` kept?"


def _events(case: Case) -> Iterator[tuple[str, int]]:
    """What happens for the first time, and the step from which it shows."""
    steps = History.of(case).steps
    for name in {name for one in steps for name in one.attributes}:
        k = next(i for i, one in enumerate(steps) if name in one.attributes)
        if k:
            yield f"the step at which {name} is set", k + 1
    missing = next((i for i, one in enumerate(steps) if any(grad is None for grad in one.grads)), 0)
    if missing:
        yield MISSING, missing + 1
    yield SECOND, 2
