"""The judge's side of a template: start it, order boxes from it, hear how they end."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from grader.errors import SandboxUnavailable, TemplateDied
from grader.sandbox import cgroup
from grader.sandbox.device import Device
from grader.sandbox.filter import box_filter
from grader.sandbox.inside.namespaces import BOX_ID, MAP_PLEASE, MAPPED
from grader.sandbox.inside.orders import DEVICE_THREADS, REPORT_SIZE, News, Order, Report, Work
from grader.sandbox.inside.template import FAULT
from grader.sandbox.inside.tree import SCRATCH, SITE
from grader.sandbox.level import Level, Runtime
from grader.sandbox.recipe import Recipe, interpreter, recipe

_MAIN = Path(__file__).parent / "inside" / "__main__.py"
_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",  # a template with threads forks boxes that hang
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OMP_THREAD_LIMIT": "1",  # torch.set_num_threads would end a box otherwise
    "PYTHONHASHSEED": "0",
    "LANG": "C.UTF-8",
    "PATH": "/nowhere",
}
_START_S = 120.0
_STOP_S = 5.0
_ENDED_EARLY = "the {} template ended while it was starting"
_MESSAGE_BYTES = 4096
_MANY_BOXES, _LONG_S = 5000, 3600.0  # after which a template should be replaced
_BARE_FORK = Order(Work.BARE, *(0,) * 8)


@dataclass
class _Child:
    """What has been reported of one box."""

    pidfd: int | None = None
    end: Report | None = None


class Template:
    """A process of one runtime, warm once it is `ready`, and the boxes it forked."""

    def __init__(self, runtime: Runtime, *, level: Level, device: Device | None = None) -> None:
        """Start it. Its boxes may use `device`, at the levels that have namespaces."""
        if device and level <= Level.REDUCED:
            raise SandboxUnavailable("A GPU is given to boxes only where there are namespaces.")
        self.runtime, self.device = runtime, device
        self.dead = False
        self._bare_us = 0
        self._ready = False
        self._born, self._ordered = time.monotonic(), 0
        self._children: dict[int, _Child] = {}
        self._cleanup = contextlib.ExitStack()
        self.groups = self._groups()
        plan = recipe(runtime, device)
        reduced = level <= Level.REDUCED
        site = self._site_of_links(plan) if reduced else SITE
        scratch = self._folder("work") if reduced else SCRATCH
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [interpreter(), "-I", "-S", "-B", "-u", str(_MAIN), str(theirs.fileno())],
                env=_ENVIRONMENT,
                cwd="/",
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for the judge, who then closes its templates
            )
        try:
            self._control.send(json.dumps(_config(plan, self, level, site, scratch)).encode())
        except BaseException:
            self.close()
            raise

    def await_ready(self) -> None:
        """Wait until it is warm. Raises TemplateDied when it cannot be."""
        if not self.ready(_START_S):
            self.close()
            raise TemplateDied(f"the {self.runtime} template took more than {_START_S:.0f} s to start")

    def ready(self, timeout: float = 0.0) -> bool:
        """Whether it is warm; hears what it says meanwhile. Raises TemplateDied when it cannot be."""
        try:
            while not self._ready:
                self._hear_start(self._receive(time.monotonic() + timeout)[0])
        except TimeoutError:
            return False
        except BaseException:
            self.close()
            raise
        return True

    @property
    def aged(self) -> bool:
        """Whether another should take its place: all its boxes have the same addresses."""
        return self._ordered >= _MANY_BOXES or time.monotonic() - self._born > _LONG_S

    @property
    def busy(self) -> bool:
        """Whether it has boxes."""
        return bool(self._children)

    def spawn(self, order: Order, given: Sequence[int]) -> None:
        """Order a box; it gets copies of the descriptors, which are those of `KEPT`."""
        self._children[order.box] = _Child()
        self._ordered += 1
        try:
            socket.send_fds(self._control, [order.pack()], list(given))
        except OSError as error:
            self._died(error)

    def bare_fork(self) -> float:
        """Seconds to fork, end and reap a process without any isolation: what benchmarks compare with."""
        self._bare_us = 0
        self._control.send(_BARE_FORK.pack())
        self._hear_until(lambda: self._bare_us > 0, time.monotonic() + _STOP_S)
        if not self._bare_us:
            self._died(None)
        return self._bare_us / 1e6

    def started(self, box: int) -> int:
        """The pidfd of a box that was ordered; valid until its end is heard."""
        child = self._child(box)
        self._hear_until(lambda: child.pidfd is not None, time.monotonic() + _STOP_S)
        if child.pidfd is None:
            self._died(None)
        return child.pidfd

    def ended(self, box: int, *, timeout: float = _STOP_S) -> Report | None:
        """How a box ended; None when it has not within `timeout` seconds."""
        child = self._child(box)
        self._hear_until(lambda: child.end is not None, time.monotonic() + timeout)
        if child.end is not None:
            self._forget(box)
        return child.end

    def alive(self) -> bool:
        """Whether it can fork another box."""
        self.dead = self.dead or self._process.poll() is not None
        return not self.dead

    def close(self) -> None:
        """End it and every box of it; nothing is left behind."""
        self.dead = True
        self._control.close()
        try:
            self._process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()  # the template goes with its keeper
            self._process.wait()
        for box in list(self._children):
            self._forget(box)
        self._cleanup.close()

    def _child(self, box: int) -> _Child:
        """A closed template has none any more."""
        if box not in self._children:
            self._died(None)
        return self._children[box]

    def _forget(self, box: int) -> None:
        child = self._children.pop(box)
        if child.pidfd is not None:
            os.close(child.pidfd)

    def _site_of_links(self, plan: Recipe) -> str:
        """Without a tree of its own a runtime is a directory of links to its distributions."""
        folder = self._folder("site")
        for entry in plan.entries:
            (Path(folder) / entry.name).symlink_to(entry)
        return folder

    def _groups(self) -> cgroup.Groups | None:
        """Control groups for its boxes, where there can be some; they go with the template."""
        place = cgroup.place()
        if isinstance(place, str):
            return None
        groups = cgroup.Groups(place, processes=DEVICE_THREADS if self.device else 1)
        self._cleanup.callback(groups.close)
        return groups

    def _folder(self, purpose: str) -> str:
        """A temporary directory that goes with the template."""
        return self._cleanup.enter_context(tempfile.TemporaryDirectory(prefix=f"nabla-{purpose}-"))

    def _hear_start(self, data: bytes) -> None:
        if data == MAP_PLEASE:
            try:
                _map_ids(self._process.pid)
                self._control.send(MAPPED)
            except (ConnectionError, ProcessLookupError, FileNotFoundError):
                raise TemplateDied(_ENDED_EARLY.format(self.runtime)) from None
        elif data.startswith(FAULT):
            raise TemplateDied(f"the {self.runtime} template did not start: {data[len(FAULT) :].decode()}")
        elif len(data) == REPORT_SIZE:
            ready = Report.unpack(data)
            self.data_bytes, self.space_bytes = ready.data_kib << 10, ready.space_kib << 10
            self.first_kib = ready.memory_kib  # resident memory of a process that it has just forked
            self._ready = True
        else:
            raise TemplateDied(_ENDED_EARLY.format(self.runtime))

    def _hear_until(self, done: Callable[[], bool], deadline: float) -> None:
        while not done():
            try:
                data, fds = self._receive(deadline)
            except TimeoutError:
                return
            if len(data) != REPORT_SIZE:
                self._died(None)
            self._note(Report.unpack(data), fds)

    def _note(self, report: Report, fds: list[int]) -> None:
        if report.news is News.BARE:
            self._bare_us = report.us
            return
        child = self._children.setdefault(report.box, _Child())
        if report.news is News.STARTED:
            child.pidfd = fds[0]
        elif report.news is News.ENDED:
            child.end = report

    def _receive(self, deadline: float) -> tuple[bytes, list[int]]:
        self._control.settimeout(max(deadline - time.monotonic(), 0.0001))
        try:
            data, fds, _, _ = socket.recv_fds(self._control, _MESSAGE_BYTES, 1)
        except TimeoutError:
            raise
        except OSError as error:
            self._died(error)
        return data, list(fds)

    def _died(self, error: OSError | None) -> NoReturn:
        self.dead = True
        raise TemplateDied(f"the {self.runtime} template ended or stopped answering") from error


def _config(plan: Recipe, template: Template, level: Level, site: str, scratch: str) -> dict[str, object]:
    namespaces, device = level > Level.REDUCED, template.device
    return {
        "runtime": template.runtime.value,
        "devices": device.nodes if device else (),
        "torch_device": device.torch if device else "",
        "namespaces": namespaces,
        "privileged": level is Level.FULL,
        "site": site,
        "scratch": scratch,
        "binds": plan.binds,
        "links": plan.links,
        "masks": plan.masks,
        "readable": _readable(plan, site, namespaces=namespaces, device=device),
        "filter": base64.b64encode(box_filter(first_process=namespaces, device=device is not None)).decode(),
    }


def _readable(plan: Recipe, site: str, *, namespaces: bool, device: Device | None) -> list[str]:
    """Where boxes may read: all of their tree, but only some of /proc where they have one."""
    if not namespaces:
        return [site, *(source for source, _ in plan.binds)]
    return sorted({"/" + target.split("/")[1] for _, target in plan.binds} | {"/work"}) if device else ["/"]


def _map_ids(pid: int) -> None:
    """Give the template one host id and its boxes another, neither of which is anybody's."""
    for kind in ("uid", "gid"):
        base = _free_ids(kind)
        Path(f"/proc/{pid}/{kind}_map").write_text(f"0 {base} 1\n{BOX_ID} {base + BOX_ID} 1")


def _free_ids(kind: str) -> int:
    """The first of a range of host ids high above those of people and services."""
    rows = [
        [int(word) for word in line.split()]
        for line in Path(f"/proc/self/{kind}_map").read_text().splitlines()
    ]
    first, _, count = max(rows, key=lambda row: row[2])
    return first + min(count - 2 * BOX_ID, 1_500_000_000)
