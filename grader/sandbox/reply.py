"""What a box operation can become: Reply = Answer | Raised | Ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from grader.outcome import Outcome
from grader.sandbox.inside.values import Value


@dataclass(frozen=True)
class Witness:
    """What only the box can see. The student shares its process, so all of it can be forged."""

    aliases_input: bool = False  # a returned array shares memory with an input
    changed_inputs: tuple[int, ...] = ()  # positions of the positional arguments that were written to
    warnings: tuple[str, ...] = ()


NOTHING = Witness()


@dataclass(frozen=True)
class Frame:
    """One line of the student's own code in a traceback."""

    line: int
    function: str
    text: str


@dataclass(frozen=True)
class Answer:
    """The operation returned; `value` is the judge's own copy."""

    value: Value
    seconds: float  # outside clock: from handing over the input until the judge holds its copy
    witness: Witness = NOTHING


@dataclass(frozen=True)
class Raised:
    """The student's code raised, or does not parse (type_name "SyntaxError")."""

    type_name: str
    message: str
    traceback: tuple[Frame, ...]  # outermost first
    seconds: float


@dataclass(frozen=True)
class Ended:
    """The box is gone; every later operation on it returns the same."""

    outcome: Outcome
    limit: str  # "20 s"; empty where the outcome has no limit
    used: str  # "20.0 s", or what happened: "exit status 0"


Reply: TypeAlias = Answer | Raised | Ended

Callback: TypeAlias = Callable[[tuple[Value, ...]], Value]


class CallRefused(Exception):
    """Raised by a callback: becomes an exception with this message in the student's code, at its call."""
