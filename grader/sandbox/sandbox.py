"""The entrance: a sandbox owns a warm template per runtime and makes boxes from it."""

from __future__ import annotations

from typing import Self

from grader.errors import SandboxUnavailable, TemplateDied
from grader.sandbox.box import Box
from grader.sandbox.level import Level, Runtime
from grader.sandbox.limits import Limits
from grader.sandbox.machine import available
from grader.sandbox.template import Template


class Sandbox:
    """A context manager. Not thread-safe; its templates end with the thread that made the first box."""

    def __init__(self, *, required: Level = Level.SHARED_UID, ceiling: Level = Level.FULL) -> None:
        """Raises SandboxUnavailable, with the missing layer and its cure, below the required level.

        `ceiling` leaves layers out that the machine would give: for tests of the lower levels.
        """
        machine = available()
        self.level = min(machine.level, ceiling)
        if self.level < required or self.level is Level.NONE:
            raise SandboxUnavailable(machine.sentence)
        self._templates: dict[Runtime, Template] = {}
        self._open: set[Box] = set()
        self._waiting: dict[Runtime, Box] = {}

    def box(self, runtime: Runtime, *, limits: Limits = Limits()) -> Box:
        """A fresh box, most often one that was forked ahead. A template that has died is started anew."""
        template = self._template(runtime)
        waiting = self._waiting.pop(runtime, None)
        if waiting is not None:
            if waiting.limits == limits:
                return waiting
            self._discard(waiting)
        return self._fork(template, limits)

    def warm(self) -> None:
        """Start the templates of all runtimes now, so that the first box does not wait for one."""
        for runtime in Runtime:
            self._template(runtime)

    def close(self) -> None:
        """End all boxes and templates; nothing is left of them."""
        for box in list(self._open):
            self._discard(box)
        for template in self._templates.values():
            template.close()
        self._templates.clear()
        self._waiting.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _template(self, runtime: Runtime) -> Template:
        template = self._templates.get(runtime)
        if template is not None and not template.alive():
            template.close()
            if stale := self._waiting.pop(runtime, None):
                self._discard(stale)
            template = None
        if template is None:
            template = self._templates[runtime] = Template(runtime, level=self.level)
        return template

    def _fork(self, template: Template, limits: Limits) -> Box:
        box = Box(template, limits=limits, on_close=self._closed)
        self._open.add(box)
        return box

    def _discard(self, box: Box) -> None:
        self._open.discard(box)
        box.close()

    def _closed(self, box: Box) -> None:
        """Fork the next box while the judge goes on: most often the next one is like this one."""
        if box not in self._open:
            return
        self._open.discard(box)
        template = self._templates.get(box.runtime)
        if template is not None and template.alive() and box.runtime not in self._waiting:
            try:
                self._waiting[box.runtime] = self._fork(template, box.limits)
            except TemplateDied:
                return  # the next box finds out, and starts another
