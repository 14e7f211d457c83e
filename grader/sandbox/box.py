"""One box: the operations of the contract, and the limits on each."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import socket
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

from grader.errors import InfrastructureError, ProtocolError, TemplateDied
from grader.outcome import Outcome
from grader.sandbox import answers, endings
from grader.sandbox.inside.orders import Order, Report
from grader.sandbox.inside.values import MAX_NODES, Handle, Value
from grader.sandbox.inside.wire import Kind, WireError
from grader.sandbox.limits import Limits, Usage
from grader.sandbox.link import BoxEnd, ChannelClosed, Link
from grader.sandbox.reply import Answer, Callback, CallRefused, Ended, Reply
from grader.sandbox.template import Template

_MB = 1 << 20
_START_S = 20.0
_SMALL_BYTES = 1 << 16  # frames that carry no value of the student's
_DESCRIPTORS = 64
_STACK_BYTES = 16 << 20
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
_NO_CALLBACKS: Mapping[int, Callback] = MappingProxyType({})


class Box:
    """Made by `Sandbox.box`. Used for one submission, or for one author's code, and then closed."""

    def __init__(self, template: Template, *, limits: Limits, on_close: Callable[[Box], None]) -> None:
        self.limits = limits
        self.runtime = template.runtime
        self._template = template
        self._on_close = on_close
        self._number = secrets.randbits(63)
        self._ended: Ended | None = None
        self._ready = False
        self._pid = self._first_kib = 0  # known when it is ready
        self._report: Report | None = None
        self._closed: Usage | None = None
        self._calls = 0
        self._born = time.monotonic()
        self._link = self._order()

    def load(self, source: str, *, filename: str = "solution.py", module: str = "solution") -> Reply:
        """Execute a source as a module. Names are looked up in the module that was loaded last first."""
        return self._perform("load", source, filename, module, wall_s=self.limits.load_s)

    def call(
        self,
        name: str | Handle,
        *arguments: Value,
        callbacks: Mapping[int, Callback] = _NO_CALLBACKS,
        reply_mb: float | None = None,
        **options: Value,
    ) -> Reply:
        """Call a function for its value; a class is constructed and kept, and its handle returned."""
        return self._perform("call", name, arguments, options, callbacks=callbacks, reply_mb=reply_mb)

    def new(
        self,
        name: str | Handle,
        *arguments: Value,
        callbacks: Mapping[int, Callback] = _NO_CALLBACKS,
        **options: Value,
    ) -> Reply:
        """Call a class or a function and keep what it returns; its handle."""
        return self._perform("new", name, arguments, options, callbacks=callbacks)

    def method(
        self,
        handle: Handle,
        name: str,
        *arguments: Value,
        callbacks: Mapping[int, Callback] = _NO_CALLBACKS,
        reply_mb: float | None = None,
        **options: Value,
    ) -> Reply:
        """Call a method. Objects of the student's own classes stay in the box: their handle is returned."""
        return self._perform(
            "method", handle, name, arguments, options, callbacks=callbacks, reply_mb=reply_mb
        )

    def operator(self, name: str, *operands: Value) -> Reply:
        """Apply a function of Python's `operator` module ("add", "neg", "getitem", ...), or "len"."""
        return self._perform("operator", name, operands)

    def get(self, handle: Handle, name: str) -> Reply:
        """An attribute's value."""
        return self._perform("get", handle, name)

    def set(self, handle: Handle, name: str, value: Value) -> Reply:
        """Set an attribute."""
        return self._perform("set", handle, name, value)

    def store(self, value: Value) -> Reply:
        """Keep a value in the box; its handle, which may stand wherever a value may."""
        return self._perform("store", value)

    def fetch(self, handle: Handle) -> Reply:
        """The present value of what a handle stands for."""
        return self._perform("fetch", handle)

    def has(self, name: str) -> Reply:
        """Answer "function", "class", "value", or "" for a name that is not defined."""
        return self._perform("has", name)

    @property
    def stdout(self) -> bytes:
        """What has been printed so far, stdout and stderr together, up to the limit."""
        return bytes(self._link.output)

    @property
    def pid(self) -> int:
        """The process's number on the host, from the first operation on."""
        return self._pid

    def close(self) -> Usage:
        """Kill everything in the box and reap it. May be called again."""
        if self._closed is None:
            self._closed = self._close()
            self._on_close(self)
        return self._closed

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _order(self) -> Link:
        limits, template = self.limits, self._template
        order = Order(
            box=self._number,
            seed=secrets.randbits(63),
            data_bytes=template.data_bytes + limits.memory_mb * _MB,
            space_bytes=template.space_bytes + limits.memory_mb * _MB,
            cpu_seconds=int(limits.cpu_s) + 2,  # the judge looks more often: this is for when it does not
            disk_bytes=limits.disk_mb * _MB,
            inodes=limits.inodes,
            descriptors=_DESCRIPTORS,
            stack_bytes=_STACK_BYTES,
        )
        ours, theirs = socket.socketpair()
        reader, writer = os.pipe()
        try:
            template.spawn(order, theirs, writer)
        except BaseException:
            ours.close()
            os.close(reader)
            raise
        finally:
            theirs.close()
            os.close(writer)
        return Link(ours, reader, output_bytes=limits.output_kb << 10)

    def _perform(
        self,
        operation: str,
        *parameters: Value,
        callbacks: Mapping[int, Callback] = _NO_CALLBACKS,
        reply_mb: float | None = None,
        wall_s: float | None = None,
    ) -> Reply:
        """One request and its reply; whatever goes wrong in the box becomes the reply."""
        if self._ended:
            return self._ended
        if self._closed:
            raise InfrastructureError("the box is closed")
        if not self._ready:
            self._await_ready()
        request = answers.encode((operation, parameters))
        most = int((reply_mb or self.limits.message_mb) * _MB)
        try:
            self._link.start_clock(wall_s or self.limits.wall_s, self._look)
            reply = self._converse(request, callbacks, most)
            self._link.drain()
        except BoxEnd as end:
            self._end(end.ended)
        except ChannelClosed:
            self._end(self._why())
        except (WireError, ProtocolError) as error:
            self._end(endings.bad_answer(str(error)))
        except BaseException:
            self._end(endings.bad_answer("abandoned"))  # the judge's own failure, in a callback
            raise
        else:
            if not isinstance(reply, Ended):
                return reply
            self._end(reply)
        return self._ended  # type: ignore[return-value]

    def _converse(self, request: list[Any], callbacks: Mapping[int, Callback], most: int) -> Reply:
        nonce = secrets.randbits(64)
        start, judged = time.perf_counter_ns(), 0
        self._link.write(Kind.REQUEST, nonce, request)
        while True:
            kind, echo, data = self._link.read(most=most)
            seconds = (time.perf_counter_ns() - start - judged) / 1e9
            if echo != nonce:
                raise ProtocolError("an answer to something else")
            if kind is Kind.ANSWER:
                value, witness = answers.read_answer(data)
                return Answer(value, seconds, witness)
            if kind is Kind.RAISED:
                category, raised = answers.read_raised(data, seconds)
                return endings.from_exception(category, raised, self.limits) or raised
            if kind is Kind.OVERFLOW:
                return Ended(Outcome.MESSAGE_LIMIT, f"{MAX_NODES} values", "more")
            if kind is not Kind.CALL:
                raise ProtocolError("a frame that has no place here")
            judged += self._answer_call(nonce, data, callbacks)

    def _answer_call(self, nonce: int, data: bytearray, callbacks: Mapping[int, Callback]) -> int:
        """Answer a stub's call; the nanoseconds that the callback itself took, which are not the box's."""
        stub, arguments = answers.read_call(data)
        if stub not in callbacks:
            raise ProtocolError("a call of something that was not given")
        self._calls += 1
        if self._calls > self.limits.calls:
            raise BoxEnd(Ended(Outcome.CALLS, f"{self.limits.calls} calls", f"{self._calls} calls"))
        start = time.perf_counter_ns()
        try:
            kind, result = Kind.RESULT, callbacks[stub](arguments)
        except CallRefused as refusal:
            kind, result = Kind.REFUSED, str(refusal)
        taken = time.perf_counter_ns() - start
        self._link.stop_clock(taken / 1e9)
        self._link.write(kind, nonce, answers.encode(result))
        return taken

    def _await_ready(self) -> None:
        """Wait until the box is confined; before that nothing of a student's is in it."""
        pidfd = self._template.started(self._number)
        self._pid = _pid_of(pidfd)
        self._link.start_clock(_START_S, lambda: None)
        try:
            kind, _, data = self._link.read(most=_SMALL_BYTES)
            value = answers.decode(data)
        except (BoxEnd, ChannelClosed, WireError, ProtocolError) as error:
            raise TemplateDied("a box ended while it was being isolated") from error
        if kind is not Kind.READY or type(value) is not int:
            raise InfrastructureError(f"a box could not be isolated: {value}")
        self._first_kib, self._ready, self._born = value, True, time.monotonic()

    def _look(self) -> None:
        """Compare the box's processor time and memory with its limits."""
        with contextlib.suppress(OSError):  # it ended this moment: the channel will say so
            used = time.clock_gettime(~self._pid << 3 | 2)  # its processor clock, see clock_getcpuclockid(3)
            if used > self.limits.cpu_s:
                raise BoxEnd(endings.cpu_ended(self.limits, used))
            pages = int(Path(f"/proc/{self._pid}/statm").read_text().split()[1])
            more = pages * _PAGE_BYTES / _MB - self._first_kib / 1024
            if more > self.limits.memory_mb:
                raise BoxEnd(endings.memory_ended(self.limits, f"{more:.0f} MB"))

    def _why(self) -> Ended:
        """The box closed its end: because it died, or for a reason of its own."""
        report = self._template.ended(self._number) if self._dying() else None
        if report is None:
            return endings.bad_answer("the box closed its channel")
        self._report = report
        return endings.from_status(report, self.limits)

    def _dying(self) -> bool:
        """A process gives up its memory before its descriptors: one that still has some is not ending."""
        try:
            return Path(f"/proc/{self._pid}/statm").read_text().split()[1] == "0"
        except OSError:
            return True

    def _end(self, ended: Ended) -> None:
        self._ended = ended
        self._kill()
        with contextlib.suppress(BoxEnd):
            self._link.drain()

    def _kill(self) -> None:
        if self._report is not None:
            return
        with contextlib.suppress(ProcessLookupError, TemplateDied):
            signal.pidfd_send_signal(self._template.started(self._number), signal.SIGKILL)

    def _close(self) -> Usage:
        try:
            report = self._report
            if report is None and self._template.alive():
                self._kill()
                report = self._template.ended(self._number)
        except TemplateDied:
            report = None
        finally:
            self._link.close()
        wall_s = time.monotonic() - self._born
        if report is None:
            return Usage(cpu_s=0.0, wall_s=wall_s, peak_mb=0.0)
        peak = max(0, report.first_kib - self._first_kib) / 1024
        return Usage(cpu_s=report.cpu_us / 1e6, wall_s=wall_s, peak_mb=peak)


def _pid_of(pidfd: int) -> int:
    """The process's number here, as /proc tells it; 0 when it is already gone."""
    for line in Path(f"/proc/self/fdinfo/{pidfd}").read_text().splitlines():
        if line.startswith("Pid:"):
            return max(int(line.split()[1]), 0)
    return 0
