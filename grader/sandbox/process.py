"""The confined process of a box, as the judge holds it: its birth, its limits, its end."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import socket
import time
from pathlib import Path

from grader.errors import InfrastructureError, ProtocolError, TemplateDied
from grader.sandbox import answers, endings
from grader.sandbox.cgroup import Group
from grader.sandbox.inside.orders import Order, Report, Work
from grader.sandbox.inside.wire import Kind, WireError
from grader.sandbox.limits import Limits, Usage
from grader.sandbox.link import BoxEnd, ChannelClosed, Link
from grader.sandbox.reply import Ended
from grader.sandbox.shared import SharedMemory
from grader.sandbox.template import Template

_MB = 1 << 20
_CONTEXT_MB = 4096  # what CUDA takes in the process for its context and libraries, at most
_UNBOUNDED = 2**64 - 1  # RLIM_INFINITY
_TABLES_MB = 32  # the kernel's own, for a box's pages and files
_START_S = 20.0
_SMALL_BYTES = 1 << 16  # frames that carry no value of the student's
REST_S = 2.0  # for a process to stop that has a core
STARVED_S = 30.0  # for one that has none
_PAUSE_S = 0.0001
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


class Process:
    """Ordered from a template at once; confined, and able to receive code, from `await_ready` on."""

    def __init__(self, template: Template, limits: Limits) -> None:
        self._pid = 0
        self._template = template
        self._limits = limits
        self._number = secrets.randbits(63)
        self.ready = False  # whether it is confined, and waits for requests
        self._first_kib = template.first_kib
        self._device = template.device
        self._first_vram = 0  # bytes in use on the device when the box was ready
        self._report: Report | None = None
        self._group: Group | None = None
        self._closed = False
        self._born = time.monotonic()
        self.memory = SharedMemory(most=limits.message_mb * _MB)
        self.link = self._order()

    @property
    def pid(self) -> int:
        """Its number here; waits until it has been forked. ProcessLookupError when it is gone unasked."""
        if not self._pid:
            if self._closed or self._report is not None:
                raise ProcessLookupError
            self._pid = _pid_of(self._template.started(self._number))
        return self._pid

    def await_ready(self) -> None:
        """Wait until the box is confined; before that it reads nothing of what it was sent."""
        if self.ready:
            return
        self.link.start_clock(_START_S, lambda: None)
        try:
            kind, _, data = self.link.read(most=_SMALL_BYTES)
            fault = answers.decode(data) if kind is not Kind.READY else None
        except (BoxEnd, ChannelClosed, WireError, ProtocolError) as error:
            raise TemplateDied("a box ended while it was being isolated") from error
        if kind is not Kind.READY:
            raise InfrastructureError(f"a box could not be isolated: {fault}")
        if self._device:
            self._first_kib = self._resident_kib()  # with its context
            self._first_vram = self._device.used_bytes()
        self.ready, self._born = True, time.monotonic()
        self._template.started(self._number)  # most often known by now: a kill need not wait

    def pin(self, core: int) -> None:
        """Let it run on one core only."""
        self.await_ready()
        self._join_group()  # not while it is timed
        self.keep_to(core)

    def keep_to(self, core: int) -> None:
        """The same, of a box that may still be on its way."""
        try:
            os.sched_setaffinity(self.pid, {core})
        except ProcessLookupError:
            pass  # it has ended: the next operation says how
        except OSError as error:
            raise InfrastructureError(f"a box cannot be kept on core {core}: {error}") from error

    def stop(self) -> bool:
        """Keep it from running until it is told to go on; whether it has stopped.

        A process in the middle of a call of the kernel's goes on using its core until the call returns. One
        that is not given a core cannot stop either, which is no fault of its own; where it waits in vain,
        InfrastructureError is raised.
        """
        self._signal(signal.SIGSTOP)
        start, before_s = time.monotonic(), self._worked_s()
        while not self._at_rest():
            waited_s = time.monotonic() - start
            if waited_s > REST_S and self._worked_s() - before_s > REST_S / 4:
                return False
            if waited_s > STARVED_S:
                raise InfrastructureError(f"a box was not given a core for {STARVED_S:g} s")
            time.sleep(_PAUSE_S)
        return True

    def _worked_s(self) -> float:
        try:
            return self.used()[0]
        except OSError:  # it has ended, and is at rest
            return 0.0

    def go_on(self) -> None:
        """Let it run again."""
        self._signal(signal.SIGCONT)

    def look(self) -> None:
        """Compare the box's processor time and memory with its limits; then bound it by a group as well."""
        with contextlib.suppress(OSError):  # it ended this moment: the channel will say so
            used, memory = self.used()
            if used > self._limits.cpu_s:
                raise BoxEnd(endings.cpu_ended(self._limits, used))
            if memory > self._limits.memory_mb:
                raise BoxEnd(endings.memory_ended(self._limits, memory))
        if self._device and self.ready:
            vram = (self._device.used_bytes() - self._first_vram) / _MB
            if vram > self._limits.vram_mb:
                raise BoxEnd(endings.vram_ended(self._limits, vram))
        self._join_group()

    @property
    def share(self) -> float:
        """The larger share that it has used of its processor time and its memory; 1 when it is gone."""
        try:
            used, memory = self.used()
        except OSError:
            return 1.0
        return max(used / self._limits.cpu_s, memory / self._limits.memory_mb)

    def used(self) -> tuple[float, float]:
        """Processor seconds, and MB of memory beyond the template's. Raises OSError when it is gone."""
        seconds = time.clock_gettime(~self.pid << 3 | 2)  # its processor clock, see clock_getcpuclockid(3)
        return seconds, (self._resident_kib() - self._first_kib) / 1024

    def _at_rest(self) -> bool:
        """Whether none of its threads runs: they are stopped, or have ended."""
        try:
            threads = list(Path(f"/proc/{self.pid}/task").iterdir())
            # bytes: each thread chose its own name, which stands in parentheses before its state
            states = [(one / "stat").read_bytes().rpartition(b")")[2].split()[0] for one in threads]
        except OSError:
            return True  # it is gone
        return all(state in b"TtZX" for state in states)

    def _resident_kib(self) -> int:
        return int(_statm(self.pid)[1]) * _PAGE_BYTES >> 10

    def why(self) -> Ended:
        """The box closed its end: because it died, or for a reason of its own."""
        report = self._template.ended(self._number) if self._dying() else None
        if report is None:
            return endings.bad_answer("the box closed its channel")
        self._report = report
        return endings.from_status(report, self._limits, peak_mb=self._peak_mb(report))

    def kill(self) -> None:
        """End it, and with it everything in its pid namespace."""
        self._signal(signal.SIGKILL)

    def close(self) -> Usage:
        """Kill, reap, and say what was used."""
        report = self._report
        dying = report is None and self._template.alive()
        try:
            if dying:
                self.kill()
        finally:
            if not self._closed:
                self._closed = True
                self.link.close()  # while it dies: both take their time
                self.memory.close()
        if dying:
            with contextlib.suppress(TemplateDied):
                report = self._template.ended(self._number)
        wall_s = time.monotonic() - self._born
        if report is None:
            return Usage(cpu_s=0.0, wall_s=wall_s, peak_mb=0.0)
        if self._group and self._template.groups:
            self._template.groups.leave(self._group)
            self._group = None
        return Usage(cpu_s=report.us / 1e6, wall_s=wall_s, peak_mb=self._peak_mb(report))

    def _signal(self, number: signal.Signals) -> None:
        if self._report is not None or self._closed:
            return
        with contextlib.suppress(ProcessLookupError, TemplateDied):
            signal.pidfd_send_signal(self._template.started(self._number), number)

    def _join_group(self) -> None:
        """Enter a control group, if there can be one.

        The kernel lets that wait for all processors, some 10 ms: too long for the boxes that answer at once.
        """
        groups = self._template.groups
        if groups and not self._group and self.ready:
            with contextlib.suppress(ProcessLookupError):
                self._group = groups.join(self.pid, self._group_bytes)

    def _peak_mb(self, report: Report) -> float:
        """Memory beyond the template's."""
        return max(0, report.memory_kib - self._first_kib) / 1024

    @property
    def _group_bytes(self) -> int:
        """All that a box within its limits can cause, with copies of all of the template's pages."""
        limits = self._limits
        own = limits.memory_mb + limits.disk_mb + limits.message_mb + _TABLES_MB + self._context_mb
        return (self._first_kib << 10) + own * _MB

    @property
    def _context_mb(self) -> int:
        return _CONTEXT_MB if self._device else 0

    def _order(self) -> Link:
        limits, template = self._limits, self._template
        own = (limits.memory_mb + self._context_mb) * _MB
        order = Order(
            Work.BOX,
            box=self._number,
            data_bytes=template.data_bytes + own,
            # a driver reserves addresses for all of its device's memory, and the host's
            space_bytes=_UNBOUNDED if self._device else template.space_bytes + own,
            cpu_seconds=int(limits.cpu_s) + 2,  # the judge looks more often: this is for when it does not
            disk_bytes=limits.disk_mb * _MB,
            file_bytes=max(limits.disk_mb, limits.message_mb) * _MB,
            inodes=limits.inodes,
            descriptors=limits.descriptors,
        )
        ours, theirs = socket.socketpair()
        reader, writer = os.pipe()
        try:
            template.spawn(order, (writer, theirs.fileno(), self.memory.readable, self.memory.incoming))
        except BaseException:
            ours.close()
            os.close(reader)
            self.memory.close()
            raise
        finally:
            theirs.close()
            os.close(writer)
        return Link(ours, reader, output_bytes=limits.output_kb << 10)

    def _dying(self) -> bool:
        """A process gives up its memory before its descriptors: one that still has some is not ending."""
        try:
            return _statm(self.pid)[1] == b"0"
        except OSError:
            return True


def _statm(pid: int) -> list[bytes]:
    with open(f"/proc/{pid}/statm", "rb", buffering=0) as file:
        return file.read().split()


def _pid_of(pidfd: int) -> int:
    """The process's number here, as /proc tells it; ProcessLookupError when it is already gone."""
    for line in Path(f"/proc/self/fdinfo/{pidfd}").read_text().splitlines():
        if line.startswith("Pid:") and int(line.split()[1]) > 0:
            return int(line.split()[1])
    raise ProcessLookupError
