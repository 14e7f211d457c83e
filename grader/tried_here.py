"""tried_here(): what of an exercise a gate can try on this machine."""

from __future__ import annotations

from dataclasses import replace

from grader.exercise import Check, Declared, Exercise, Queue, Solution
from grader.wording import listing


def tried_here(exercise: Exercise, *, no_device: str) -> tuple[Exercise, str]:
    """That part of it, and what remains untried, with the reason; nothing does if the text is empty.

    `no_device` says why this machine has no GPU; it is empty if there is one. Without one an exercise for it
    is tried on the processor, but for what it measures: the checks of time, memory and complexity, and the
    stored programs that fail there alone.
    """
    if not no_device or exercise.queue is not Queue.GPU:
        return exercise, ""
    kept = tuple(check for check in exercise.checks if not check.kind.in_rounds)
    left = [f"“{check.name}”" for check in exercise.checks if check.kind.in_rounds]
    part = replace(
        exercise,
        queue=Queue.CPU,
        checks=kept,
        solutions=_without(exercise.solutions, kept),
        variants=_without(exercise.variants, kept),
    )
    rest = f"on the processor it was, without {listing(left)}" if left else "on the processor it was"
    return part, f"on a GPU, for {no_device}; {rest if kept else 'and it only measures'}"


def _without(stored: tuple[Solution, ...], checks: tuple[Check, ...]) -> tuple[Solution, ...]:
    names = {check.name for check in checks}
    return tuple(one for one in stored if one.outcome is Declared.ACCEPTED or one.fails in names)
