"""The stored wrong solutions of an exercise, side by side in one box that is kept between gradings.

They are the author's, so they may meet each other, and what is asked of them holds nothing of a student's but
inputs that the author's reference made. A failing submission is compared with dozens of them: a box for each
would cost ten times what they compute.
"""

from __future__ import annotations

from dataclasses import replace
from types import TracebackType
from typing import Self

from grader.exercise import Entry, Exercise, Queue, Solution
from grader.program import Loaded, Program, Typed, kinds_in
from grader.sandbox import Answer, Box, Sandbox


class StoredSolutions:
    """A context manager. A box on a device is not kept, and formulas need none."""

    def __init__(self, exercise: Exercise, sandbox: Sandbox) -> None:
        self._exercise, self._sandbox = exercise, sandbox
        self._box: Box | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        box, self._box = self._box, None
        if box is not None and kind is None and self._exercise.queue is not Queue.GPU:
            self._sandbox.keep(self._key, box)
        elif box is not None:
            box.close()

    def loaded(self, solution: Solution, entry: Entry) -> Loaded | None:
        """The solution, ready to be asked; None where it does not load or does not define the entry."""
        source = self._exercise.files[solution.file]
        program = replace(Program.of(self._exercise, source), filename=solution.file)
        if program.variables is not None:
            typed = Typed(program)
            return None if typed.start() or typed.defines(entry) else typed
        box, module = self._open(program), solution.file.removesuffix(".py")
        reply = box.loaded.get(module) or box.load(
            source, filename=solution.file, module=module, names=program.names
        )
        stored = Loaded(program, box, kinds=kinds_in(reply), module=module)
        if stored.defines(entry) is None and isinstance(box.front(module), Answer):
            return stored
        return None

    def _open(self, program: Program) -> Box:
        if self._box is not None and self._box.worn:
            self._box.close()
            self._box = None
        if self._box is None:
            self._box = self._sandbox.kept(self._key)
        if self._box is None:
            self._box = self._sandbox.box(program.runtime, limits=program.limits, on_device=program.on_device)
        return self._box

    @property
    def _key(self) -> str:
        return f"solutions of {self._exercise.digest}"
