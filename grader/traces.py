"""The lines of a traceback as they are shown: what repeats is shown once, with how often."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from grader.sandbox import Frame

LONGEST = 3  # lines in a round of functions that call one another
ROUNDS = 3  # from which on they are shown as one


def shown(frames: Sequence[Frame]) -> tuple[Mapping[str, Any], ...]:
    """A line each; a round of equal lines once. A deep traceback comes without its middle: "at least"."""
    lines: list[Mapping[str, Any]] = []
    i = 0
    while i < len(frames):
        length, times = _round_at(frames[i:])
        *others, last = frames[i : i + length]
        lines += [_line(one) for one in others]
        lines.append(_line(last, f"\n… the same at least {times - 1} more times" if times > 1 else ""))
        i += length * times
    return tuple(lines)


def _round_at(frames: Sequence[Frame]) -> tuple[int, int]:
    """How many lines begin here that repeat at once, and how often they stand there."""
    for length in range(1, LONGEST + 1):
        times = 1
        while frames[times * length : (times + 1) * length] == frames[:length]:
            times += 1
        if times >= ROUNDS:
            return length, times
    return 1, 1


def _line(frame: Frame, note: str = "") -> Mapping[str, Any]:
    text = frame.text.strip() if note else frame.text
    return {"line": frame.line, "function": frame.function, "text": f"{text}{note}"}
