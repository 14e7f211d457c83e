"""The entrance: a sandbox owns a warm template per runtime and makes boxes from it."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from grader.errors import SandboxUnavailable
from grader.sandbox.box import Box
from grader.sandbox.level import Level, Runtime
from grader.sandbox.limits import Limits
from grader.sandbox.machine import available
from grader.sandbox.template import Template


class Sandbox:
    """A context manager. Not thread-safe; the templates end with the thread that made the first box."""

    def __init__(self, *, required: Level = Level.SHARED_UID) -> None:
        """Raises SandboxUnavailable, with the missing layer and its cure, below the required level."""
        machine = available()
        if machine.level < required or machine.level is Level.NONE:
            raise SandboxUnavailable(machine.sentence)
        self.level = machine.level
        self._templates: dict[Runtime, Template] = {}

    def box(self, runtime: Runtime, *, limits: Limits = Limits()) -> Box:
        """A fresh box. A template that has died is started anew."""
        return Box(self._template(runtime), limits=limits)

    def close(self) -> None:
        """End all templates, and with them all boxes."""
        for template in self._templates.values():
            template.close()
        self._templates.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _template(self, runtime: Runtime) -> Template:
        template = self._templates.get(runtime)
        if template is not None and not template.alive():
            template.close()
            template = None
        if template is None:
            template = self._templates[runtime] = Template(runtime, level=self.level)
        return template
