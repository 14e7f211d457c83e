"""The entrance: a sandbox owns a warm template per runtime and makes boxes from it."""

from __future__ import annotations

import os
import time
from functools import partial
from typing import Self

import numpy as np

from grader.errors import InfrastructureError, SandboxUnavailable, TemplateDied
from grader.sandbox import device as devices
from grader.sandbox.box import Box
from grader.sandbox.cores import on_cores
from grader.sandbox.device import Device, Turn
from grader.sandbox.inside.values import Tensor
from grader.sandbox.level import Level, Runtime
from grader.sandbox.limits import Limits
from grader.sandbox.machine import available
from grader.sandbox.reply import Answer
from grader.sandbox.template import Template

_WAITING = 4  # boxes that were forked ahead
_SETTLED_S = 1.0  # that what was begun in a kept box may take
_KEPT = 8  # boxes of authors' code between two gradings
_IDLE_S = 5.0  # for the memory of a device to be given back
_IDLE_BYTES = 64 << 20
_PROBE = "def probe(x):\n    return (x @ x.T).sum()\n"
_SIDE = 64

_Kind = tuple[Runtime, bool]  # a template's: of which runtime, and whether with a device


class Sandbox:
    """A context manager. Not thread-safe; its templates end with the thread that made the first box."""

    def __init__(
        self,
        *,
        required: Level = Level.SHARED_UID,
        ceiling: Level = Level.FULL,
        device: Device | None = None,
    ) -> None:
        """`device` is what boxes on a device use, if not the machine's own.

        Raises SandboxUnavailable, with the missing layer and its cure, below the required level.
        `ceiling` leaves layers out that the machine would give: for tests of the lower levels.
        """
        machine = available()
        self.level = min(machine.level, ceiling)
        if self.level < required or self.level is Level.NONE:
            raise SandboxUnavailable(machine.sentence)
        self._cores = os.sched_getaffinity(0)
        self._device, self._turn = device, Turn(device) if device else None
        self._device_well = False  # until it has been examined
        self._templates: dict[_Kind, Template] = {}
        self._successors: dict[_Kind, Template] = {}  # are warming up
        self._retired: list[Template] = []  # have been replaced, and still have boxes
        self._open: set[Box] = set()
        self._waiting: dict[tuple[Runtime, Limits], Box] = {}  # the oldest first
        self._kept: dict[str, Box] = {}  # likewise

    def box(self, runtime: Runtime, *, limits: Limits = Limits(), on_device: bool = False) -> Box:
        """A fresh box, most often one that was forked ahead. A template that has died is started anew.

        `on_device`: tensors live on the node's GPU, which no other process's boxes use meanwhile. Raises
        InfrastructureError when there is none, or it is not well.
        """
        if on_device:
            return self._box_on_device(limits)
        template = self._template((runtime, False))
        box = self._waiting.pop((runtime, limits), None) or self._fork(template, limits)
        box.when_asked(partial(self._fork_ahead, template, limits))
        return box

    def why_no_device(self) -> str:
        """Why boxes can have no GPU here; empty where they can."""
        if self.level is Level.REDUCED:
            return "a GPU is given to boxes only where there are namespaces"
        found = self._device or devices.find()
        return found if isinstance(found, str) else ""

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

    def settle(self) -> None:
        """Wait until no box that is kept computes any more; one that goes on for long is ended."""
        for key, box in list(self._kept.items()):
            box.settle(_SETTLED_S)
            if box.failed:
                self._discard(self._kept.pop(key))

    def warm(self) -> None:
        """Start the templates of all runtimes now, so that the first box does not wait for one."""
        kinds = [(runtime, False) for runtime in Runtime]
        for kind in kinds:
            if kind not in self._templates and kind not in self._successors:
                self._successors[kind] = self._new_template(kind)
        for kind in kinds:
            self._template(kind)

    def close(self) -> None:
        """End all boxes and templates; nothing is left of them."""
        for box in list(self._open):
            self._discard(box)
        for template in (*self._templates.values(), *self._successors.values(), *self._retired):
            template.close()
        for held in (self._templates, self._successors, self._retired, self._waiting, self._kept):
            held.clear()
        if self._turn:
            self._turn.give()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _box_on_device(self, limits: Limits) -> Box:
        if self._device is None:
            found = devices.find()
            if isinstance(found, str):
                raise SandboxUnavailable(f"Boxes can have no GPU on this node: {found}.")
            self._device = found
        if self._turn is None:
            self._turn = Turn(self._device)
        self._turn.take()
        try:
            template = self._template((Runtime.TORCH, True))
            if not self._device_well:
                self._examine_device(template)
            return self._fork(template, limits)
        finally:
            self._end_turn()

    def _examine_device(self, template: Template) -> None:
        """Have a box of our own compute on it. Raises InfrastructureError when that goes wrong."""
        x = np.arange(_SIDE * _SIDE, dtype=np.float32).reshape(_SIDE, _SIDE) / _SIDE
        with self._fork(template, Limits()) as box:
            box.load(_PROBE)
            reply = box.call("probe", Tensor(x))
        value = reply.value.array if isinstance(reply, Answer) and isinstance(reply.value, Tensor) else None
        if value is None or not np.allclose(value, np.sum(x @ x.T), rtol=1e-3):
            raise InfrastructureError(f"the GPU did not compute what it should: {reply}")
        self._device_well = True

    def _end_turn(self) -> None:
        """Let others use the device when none of our boxes does."""
        if self._turn and not any(box.template.device for box in self._open):
            self._turn.give()

    def _leave_device(self, box: Box) -> None:
        """Whether a box leaves the device well will be examined if anything was unusual."""
        device = box.template.device
        if device is None:
            return
        if box.failed or (not any(one.template.device for one in self._open) and not _idle(device)):
            self._device_well = False
        self._end_turn()

    def _new_template(self, kind: _Kind) -> Template:
        runtime, on_device = kind
        with on_cores(self._cores):  # whatever its judge is kept to
            return Template(runtime, level=self.level, device=self._device if on_device else None)

    def _template(self, kind: _Kind) -> Template:
        template = self._templates.get(kind)
        if template is not None and not template.alive():
            self._retire(self._templates.pop(kind))
            template = None
        if template is None:
            template = self._successors.pop(kind, None) or self._new_template(kind)
            template.await_ready()
        elif template.aged:
            template = self._renewed(template)
        self._templates[kind] = template
        return template

    def _renewed(self, template: Template) -> Template:
        """The successor of a template that has aged, once it is warm; nobody waits for it."""
        kind = (template.runtime, template.device is not None)
        successor = self._successors.get(kind)
        if successor is None:
            successor = self._successors[kind] = self._new_template(kind)
        try:
            if not successor.ready():
                return template
        except TemplateDied:
            del self._successors[kind]  # the next box tries again
            return template
        self._retire(template)
        return self._successors.pop(kind)

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
        current = self._templates.get((template.runtime, False)) is template
        if not current or (template.runtime, limits) in self._waiting:
            return
        try:
            self._waiting[template.runtime, limits] = self._fork(template, limits)
        except TemplateDied:
            return  # the next box finds out, and starts another
        if len(self._waiting) > _WAITING:
            self._discard(self._waiting.pop(next(iter(self._waiting))))

    def _closed(self, box: Box) -> None:
        self._open.discard(box)
        self._leave_device(box)
        self._end_retired()


def _idle(device: Device) -> bool:
    """Whether its memory is given back, which may take a moment."""
    deadline = time.monotonic() + _IDLE_S
    while device.used_bytes() > device.idle_bytes + _IDLE_BYTES:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True
