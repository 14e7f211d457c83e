"""The entrance: a sandbox owns a warm template per runtime and makes boxes from it."""

from __future__ import annotations

from typing import Self

from grader.errors import SandboxUnavailable, TemplateDied
from grader.sandbox.box import Box
from grader.sandbox.level import Level, Runtime
from grader.sandbox.limits import Limits
from grader.sandbox.machine import available
from grader.sandbox.template import Template

_WAITING = 4  # boxes that were forked ahead
_KEPT = 4  # boxes of authors' code between two gradings


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
        self._successors: dict[Runtime, Template] = {}  # are warming up
        self._retired: list[Template] = []  # have been replaced, and still have boxes
        self._open: set[Box] = set()
        self._waiting: dict[tuple[Runtime, Limits], Box] = {}  # the oldest first
        self._kept: dict[str, Box] = {}  # likewise

    def box(self, runtime: Runtime, *, limits: Limits = Limits()) -> Box:
        """A fresh box, most often one that was forked ahead. A template that has died is started anew."""
        template = self._template(runtime)
        box = self._waiting.pop((runtime, limits), None) or self._fork(template, limits)
        self._fork_ahead(template, limits)
        return box

    def keep(self, key: str, box: Box) -> None:
        """Hold on to a box that has run one author's code only, for the next use of the same code."""
        if box.worn or key in self._kept:
            box.close()
            return
        self._kept[key] = box
        if len(self._kept) > _KEPT:
            self._discard(self._kept.pop(next(iter(self._kept))))

    def kept(self, key: str) -> Box | None:
        """The box that was kept under that key, which is the caller's again."""
        box = self._kept.pop(key, None)
        if box is not None and box.worn:
            box.close()
            return None
        return box

    def warm(self) -> None:
        """Start the templates of all runtimes now, so that the first box does not wait for one."""
        for runtime in Runtime:
            if runtime not in self._templates and runtime not in self._successors:
                self._successors[runtime] = Template(runtime, level=self.level)
        for runtime in Runtime:
            self._template(runtime)

    def close(self) -> None:
        """End all boxes and templates; nothing is left of them."""
        for box in list(self._open):
            self._discard(box)
        for template in (*self._templates.values(), *self._successors.values(), *self._retired):
            template.close()
        for held in (self._templates, self._successors, self._retired, self._waiting, self._kept):
            held.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _template(self, runtime: Runtime) -> Template:
        template = self._templates.get(runtime)
        if template is not None and not template.alive():
            self._retire(self._templates.pop(runtime))
            template = None
        if template is None:
            template = self._successors.pop(runtime, None) or Template(runtime, level=self.level)
            template.await_ready()
        elif template.aged:
            template = self._renewed(template)
        self._templates[runtime] = template
        return template

    def _renewed(self, template: Template) -> Template:
        """The successor of a template that has aged, once it is warm; nobody waits for it."""
        runtime = template.runtime
        successor = self._successors.get(runtime)
        if successor is None:
            successor = self._successors[runtime] = Template(runtime, level=self.level)
        try:
            if not successor.ready():
                return template
        except TemplateDied:
            del self._successors[runtime]  # the next box tries again
            return template
        self._retire(template)
        return self._successors.pop(runtime)

    def _retire(self, template: Template) -> None:
        """End a template when the last of its boxes has ended."""
        for box in (*self._waiting.values(), *self._kept.values()):
            if box.template is template:
                self._discard(box)
        self._waiting = {key: box for key, box in self._waiting.items() if box.template is not template}
        self._kept = {key: box for key, box in self._kept.items() if box.template is not template}
        self._retired.append(template)
        self._end_retired()

    def _end_retired(self) -> None:
        for template in [one for one in self._retired if not one.busy or not one.alive()]:
            self._retired.remove(template)
            template.close()

    def _fork(self, template: Template, limits: Limits) -> Box:
        box = Box(template, limits=limits, on_close=self._closed)
        self._open.add(box)
        return box

    def _discard(self, box: Box) -> None:
        self._open.discard(box)
        box.close()

    def _fork_ahead(self, template: Template, limits: Limits) -> None:
        """Most often the next box is like this one: it is isolated while this one works."""
        try:
            self._waiting[template.runtime, limits] = self._fork(template, limits)
        except TemplateDied:
            return  # the next box finds out, and starts another
        if len(self._waiting) > _WAITING:
            self._discard(self._waiting.pop(next(iter(self._waiting))))

    def _closed(self, box: Box) -> None:
        self._open.discard(box)
        self._end_retired()
