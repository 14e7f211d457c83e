"""A program in a box: the student's, a stored solution, or the baseline. All are untrusted alike.

Where formulas are asked for the judge reads them itself. Nothing of them runs, so that they need no box.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Self

from grader import feedback
from grader.exercise import Entry, EntryKind, Exercise, Queue
from grader.finding import Finding
from grader.formula import Formula, Sheet, read
from grader.sandbox import Answer, Box, Ended, Limits, Raised, Reply, Runtime, Sandbox, Usage
from grader.sandbox.answers import legible
from grader.values import Value

SOLUTION = "solution"  # the module that a program is, where it has a box to itself
KINDS = ("function", "class", "value")  # of the things that a program defines
Answerer = Callable[[str, tuple[Value, ...]], Value]  # name of a callable argument and what it is called with


@dataclass(frozen=True, kw_only=True)
class Program:
    """Source and what it may use."""

    source: str
    filename: str
    runtime: Runtime
    limits: Limits
    names: tuple[str, ...] = ()  # that it should define
    on_device: bool = False
    variables: Mapping[str, tuple[str, ...]] | None = None  # of each formula, where formulas are asked for

    @classmethod
    def of(cls, exercise: Exercise, source: str) -> Program:
        """A solution of that exercise."""
        return cls(
            source=source,
            filename=exercise.filename,
            runtime=exercise.runtime,
            limits=exercise.limits,
            names=tuple(entry.name for entry in exercise.entries),
            on_device=exercise.queue is Queue.GPU,
            variables={one.name: one.parameters for one in exercise.entries}
            if exercise.of_formulas
            else None,
        )


@dataclass(frozen=True, kw_only=True)
class Response:
    """What a program did with one input."""

    value: Value = None
    failure: Raised | Ended | None = None
    step: int | None = None  # of an optimizer: the step that failed, counted from 1
    calls: Mapping[str, int] = field(default_factory=dict)  # of each callable argument
    changed: tuple[str, ...] = ()  # arguments that were written to, as the box reports it
    kept: int = 0  # values of an engine that outlive their use, likewise
    swallowed: int = 0  # exceptions that did not leave a block of an engine, likewise
    seconds: float = 0.0
    found: Mapping[str, float] | str | None = None  # what a property found in it, or why it did not look
    piece: str = ""  # of a formula: what in it has no value at that point


class Loaded:
    """A program in its box."""

    def __init__(
        self, program: Program, box: Box, *, kinds: Mapping[str, Value] | None = None, module: str = SOLUTION
    ) -> None:
        """`kinds` of the things that it defines, where it has been executed before, as that module."""
        self.program, self.box, self.module = program, box, module
        self.answered_s = 0.0  # that the reference took to answer its calls
        self._kinds = kinds or {}

    def start(self, told: Callable[[Raised], Finding] = feedback.does_not_load) -> Finding | None:
        """Execute the source; what is wrong with it, if anything. `told` words an exception."""
        reply = self.execute()
        if isinstance(reply, Raised):
            return told(reply)
        if isinstance(reply, Ended):
            return feedback.ended(reply)
        self._kinds = kinds_in(reply)
        return None

    def execute(self) -> Reply:
        """Execute the source. Once more means anew: what its module knew is gone."""
        program = self.program
        return self.box.load(
            program.source, filename=program.filename, module=self.module, names=program.names
        )

    def defines(self, entry: Entry) -> Finding | None:
        """What is wrong with the definition of an entry, if anything."""
        kind = self._kinds.get(entry.name, "")
        # the shim shares a process with the student, and may have been replaced
        found = kind if isinstance(kind, str) and kind in KINDS else ""
        due = "class" if entry.kind is EntryKind.CLASS else "function"
        return None if found == due else feedback.missing(entry, found)

    @property
    def holds(self) -> bool:
        """Whether what was begun has not been sent, so that more may go with it."""
        return self.box.holds

    @property
    def spent_s(self) -> float:
        """Seconds that it was at work, or that its calls were answered."""
        return self.box.busy_s + self.answered_s

    @property
    def stdout(self) -> str:
        """What it has printed so far."""
        return legible(self.box.stdout.decode(errors="replace"))


def kinds_in(reply: Reply) -> Mapping[str, Value]:
    """What the answer to a load says of the names that were asked for."""
    return reply.value if isinstance(reply, Answer) and isinstance(reply.value, dict) else {}


class Typed(Loaded):
    """Formulas that the judge has read. There is no box."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._sheet = Sheet({}, {})

    def start(self, _told: Callable[[Raised], Finding] = feedback.does_not_load) -> Finding | None:
        """Read the text; what is wrong with it beside single formulas, if anything."""
        self._sheet = read(self.program.source, self.program.variables or {})
        return feedback.unreadable(self._sheet.stray) if self._sheet.stray else None

    def defines(self, entry: Entry) -> Finding | None:
        """What is wrong with the line of an entry, if anything."""
        if entry.name in self._sheet.unreadable:
            return feedback.unreadable(self._sheet.unreadable[entry.name], of=entry.name)
        return None if entry.name in self._sheet.formulas else feedback.missing(entry, "")

    def formula(self, entry: Entry) -> Formula:
        """The formula of an entry that is defined."""
        return self._sheet.formulas[entry.name]

    @property
    def holds(self) -> bool:
        """Nothing is sent anywhere."""
        return False

    @property
    def spent_s(self) -> float:
        """The judge evaluates formulas itself, and bounds them when it reads them."""
        return 0.0

    @property
    def stdout(self) -> str:
        """A formula prints nothing."""
        return ""


class Meter:
    """Ends the boxes of one grading, and adds up what they have used."""

    def __init__(self) -> None:
        self._usage = Usage(cpu_s=0.0, wall_s=0.0, peak_mb=0.0)
        self._dying: Box | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.settle()

    @property
    def usage(self) -> Usage:
        """Of all boxes that were ended."""
        self.settle()
        return self._usage

    def end(self, box: Box) -> None:
        """Kill a box. It is gone when the next one is ended, or `settle` is called: dying takes a while."""
        box.kill()
        self.settle()
        self._dying = box

    def settle(self) -> None:
        """Wait until nothing is left of any box that was ended."""
        box, self._dying = self._dying, None
        if box is not None:
            self.add(box.close())

    def add(self, used: Usage) -> None:
        """What one more box has used."""
        self._usage = Usage(
            cpu_s=self._usage.cpu_s + used.cpu_s,
            wall_s=self._usage.wall_s + used.wall_s,
            peak_mb=max(self._usage.peak_mb, used.peak_mb),
        )


@contextmanager
def opened(program: Program, sandbox: Sandbox, meter: Meter | None = None) -> Iterator[Loaded]:
    """The program in a fresh box, which is closed afterwards; formulas in none."""
    if program.variables is not None:
        yield Typed(program)
        return
    box = sandbox.box(program.runtime, limits=program.limits, on_device=program.on_device)
    try:
        yield Loaded(program, box)
    finally:
        if meter is None:
            box.close()
        else:
            meter.end(box)
            if program.on_device:
                meter.settle()  # the next box finds the device as it should be
