"""One box: what a judge can ask of it, and what it answers."""

from __future__ import annotations

import contextlib
import secrets
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, Self, TypeVar

from grader.errors import InfrastructureError, ProtocolError
from grader.outcome import Outcome
from grader.sandbox import answers, endings
from grader.sandbox.inside import wire
from grader.sandbox.inside.values import MAX_NODES, Handle, Value
from grader.sandbox.inside.wire import Buffer, Kind, WireError
from grader.sandbox.limits import Limits, Usage
from grader.sandbox.link import BoxEnd, ChannelClosed
from grader.sandbox.process import REST_S, Process
from grader.sandbox.reply import Answer, Callback, CallRefused, Ended, Raised, Reply
from grader.sandbox.template import Template

T = TypeVar("T")
_MB = 1 << 20
_KINDS_MB = 1.0  # what a load may answer with
_EARLY_BYTES = 1 << 15  # less than any socket's buffer
_ABANDONED = endings.bad_answer("the judge gave up in mid-call")
_ROW_MOST = 64 << 20  # bytes that the replies to a row can have together
_NO_ANSWER = "an answer to something else"
_NO_CALLBACKS: Mapping[int, Callback] = MappingProxyType({})


@dataclass(slots=True)
class _Asked:
    """A request, until its reply is heard."""

    operation: str
    nonce: int
    callbacks: Mapping[int, Callback]
    most: int  # bytes of the reply
    in_row: bool  # whether it may be sent together with others
    start: int = 0  # ns
    reply: Reply | None = None
    frame: tuple[Kind, int, bytearray] | None = None  # the reply as it came
    failure: Exception | None = None  # why it did not
    taken: int = 0  # ns, until it came


class _CallbackFailed(Exception):
    """A callback raised: the judge's own failure, whatever its class; its cause is raised on."""


class Box:
    """Made by `Sandbox.box`. Used for one submission, or for one author's code, and then closed."""

    def __init__(self, template: Template, *, limits: Limits, on_close: Callable[[Box], None]) -> None:
        self.limits, self.template = limits, template
        self._on_close = on_close
        self._process = Process(template, limits)
        self._link = self._process.link
        self._ended: Ended | None = None
        self._closed: Usage | None = None
        self._calls = 0
        self._spent_s = 0.0  # by all operations but loads, callbacks not counted
        self._loading_s = 0.0
        self._judged_ns = 0  # by the callbacks of an operation
        self._rests = False  # whether it runs during its operations only
        self._when_asked: Callable[[], None] | None = None
        self.loaded: dict[str, Reply] = {}  # what became of each module
        self.prepared: Any = None  # what whoever kept the box left in it for the next
        self._row: deque[_Asked] = deque()  # whose replies have not been heard
        self._held: list[tuple[_Asked, list[Buffer]]] = []  # the last of them, which have not been sent
        self._row_bytes = self._row_most = 0  # of those that are held, and of their replies

    def when_asked(self, action: Callable[[], None]) -> None:
        """Do that once this box has its first request, and works."""
        self._when_asked = action

    def load(
        self,
        source: str,
        *,
        filename: str = "solution.py",
        module: str = "solution",
        names: tuple[str, ...] = (),
    ) -> Reply:
        """Execute a source as a module. Names are looked up first in the module that was loaded last.

        Answers with what each of `names` then is: "function", "class", "value", or "" where it is not
        defined; None without names.
        """
        reply = self._perform("load", source, filename, module, names, reply_mb=_KINDS_MB)
        self.loaded[module] = reply
        return reply

    def front(self, module: str) -> Reply:
        """Look names up first in a module that was loaded before."""
        return self._perform("front", module)

    def call(
        self,
        name: str | Handle,
        *arguments: Value,
        callbacks: Mapping[int, Callback] = _NO_CALLBACKS,
        reply_mb: float | None = None,
        within_s: float | None = None,
        **options: Value,
    ) -> Reply:
        """Call a function for its value; a class is constructed and kept, and its handle returned."""
        return self._perform(
            "call", name, arguments, options, callbacks=callbacks, reply_mb=reply_mb, within_s=within_s
        )

    def begin(
        self,
        operation: Literal["call", "drive", "differentiate"],
        *parameters: Value,
        callbacks: Mapping[int, Callback] = _NO_CALLBACKS,
        reply_mb: float | None = None,
        in_row: bool = False,
    ) -> Callable[[], Reply]:
        """Ask for what the method of that name does. The box works while the judge does something else, which
        then fetches the reply.

        From then on the time counts: nobody knows when the box was done before. A small request `in_row` is
        sent when a reply is fetched, and those that were begun after it each as soon as the bytes of the
        reply before are here. They are looked into afterwards, so that nothing else is done in between.
        """
        in_row = in_row and not callbacks and not self._rests
        asked = self._ask(operation, parameters, callbacks=callbacks, reply_mb=reply_mb, in_row=in_row)
        if isinstance(asked, Ended):
            return lambda: asked
        asked.start = 0
        return lambda: self._reply_to(asked)

    def send_row(self) -> None:
        """Send all that was begun in a row at once. For boxes of an author's code: a student's must not have
        an input before the judge has the answer to the one before.
        """
        parts = [part for _, frame in self._release() for part in frame]
        if parts and not self._ended:
            self._or_end(lambda: self._link.write(parts))

    @property
    def holds(self) -> bool:
        """Whether a request has not been sent, and others may go with it."""
        return bool(self._held)

    def settle(self, within_s: float | None = None) -> None:
        """Hear all that was begun, for those who fetch it later; each at most as long as `within_s`."""
        while self._row:
            self._hear(self._row[0], within_s)

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

    def drive(
        self,
        name: str,
        params: list[Value],
        options: dict[str, Value],
        attributes: list[dict[str, Value]],
        gradients: list[list[Value]],
        *,
        reply_mb: float | None = None,
    ) -> Reply:
        """Construct `name(params, **options)`; for each step set attributes and call `step` with gradients.

        Answers with copies of the parameters after each step, whether gradients were changed, and whether the
        list of parameters was.
        """
        return self._perform("drive", name, params, options, attributes, gradients, reply_mb=reply_mb)

    def differentiate(
        self,
        name: str,
        leaves: list[Value],
        nodes: list[tuple[str, list[Value], dict[str, Value], int]],
        outputs: list[int],
        names: tuple[str, str, str],
        *,
        switch: str = "",
        blocks: list[tuple[int, bool]] | None = None,
        refused: list[int] | None = None,
        reply_mb: float | None = None,
    ) -> Reply:
        """Construct `name(leaf)` for each leaf, apply the nodes to them in turn, go backward from each output
        once it is there.

        A node is (operator or method, operands, options, how often); an operand that is an int is the index
        of a value, leaves first. `names` are those of data, gradient and the backward method. `blocks` says
        for each node in how many blocks `with switch():` it stands, and whether an exception ends them after
        it. Answers with copies of the outputs' data, or 1.0 where a pass that is `refused` (a position among
        the outputs) raised RuntimeError and 0.0 where it did not; the gradients of the leaves at the end; how
        many of the values between are alive then; and how many exceptions did not leave their block.
        """
        more = (switch, blocks or [], refused or [])
        return self._perform("differentiate", name, leaves, nodes, outputs, names, *more, reply_mb=reply_mb)

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

    def pin(self, core: int) -> None:
        """Keep the box on one core, so that boxes that are timed in turn run under the same conditions."""
        self._process.pin(core)

    def keep_to(self, core: int) -> None:
        """Like `pin`, for speed alone: without waiting, and without a control group."""
        self._process.keep_to(core)

    def time_on(self, core: int) -> None:
        """Keep it on one core, and from running but during its operations.

        It could otherwise look at an input before the clock starts, compute on after it has answered, and
        slow down the one that it is compared with.
        """
        self.settle()
        self.pin(core)
        self._rests = True
        self._rest()

    @property
    def stdout(self) -> bytes:
        """What has been printed so far, stdout and stderr together, up to the limit."""
        return bytes(self._link.output)

    @property
    def pid(self) -> int:
        """The process's number on the host, from the first operation on."""
        return self._process.pid

    @property
    def failed(self) -> bool:
        """Whether it ended before it was closed."""
        return self._ended is not None

    def has(self, name: str) -> Reply:
        """Answer "function", "class", "value", or "" for a name that is not defined."""
        return self._perform("has", name)

    @property
    def busy_s(self) -> float:
        """Seconds that all its operations have taken; callbacks are not counted."""
        return self._loading_s + self._spent_s

    @property
    def used(self) -> float:
        """The largest share that it has used of anything that it may use; 1 when it has ended."""
        if self._ended is not None or not self.template.alive():
            return 1.0
        printed = len(self._link.output) / (self.limits.output_kb << 10)
        spent = (self._calls / self.limits.calls, self._spent_s / self.limits.wall_s)
        return min(max(*spent, printed, self._process.share), 1.0)

    @property
    def worn(self) -> bool:
        """Whether it has ended, or has used so much of what it may use that it should not be used again."""
        return self.used > 0.5

    def kill(self) -> None:
        """Kill everything in the box; `close` then has less to wait for."""
        self._process.kill()

    def close(self) -> Usage:
        """Kill everything in the box and reap it. May be called again."""
        if self._closed is None:
            self._closed = self._process.close()
            self._on_close(self)
        return self._closed

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _perform(
        self,
        operation: str,
        *parameters: Value,
        callbacks: Mapping[int, Callback] = _NO_CALLBACKS,
        reply_mb: float | None = None,
        within_s: float | None = None,
    ) -> Reply:
        """One request and its reply; whatever goes wrong in the box becomes the reply."""
        asked = self._ask(operation, parameters, callbacks=callbacks, reply_mb=reply_mb, within_s=within_s)
        return asked if isinstance(asked, Ended) else self._reply_to(asked)

    def _ask(
        self,
        operation: str,
        parameters: tuple[Value, ...],
        *,
        callbacks: Mapping[int, Callback],
        reply_mb: float | None,
        within_s: float | None = None,
        in_row: bool = False,
    ) -> _Asked | Ended:
        """A request that was sent, or will be when its reply is asked for."""
        if self._ended:
            return self._ended
        if self._closed:
            raise InfrastructureError("the box is closed")
        if self._row and not (in_row and self._row[-1].in_row):
            self.settle()
        request, size, in_row = self._encoded(operation, parameters, in_row=in_row)
        most = int((reply_mb or self.limits.message_mb) * _MB)
        if in_row and self._held and self._row_most + most > _ROW_MOST:
            self.settle()
        if self._ended:  # while others were heard
            return self._ended
        asked = _Asked(operation, secrets.randbits(64), callbacks, most, in_row)
        if in_row:
            self._row_bytes += size
            self._row_most += most
            self._held.append((asked, wire.frame(Kind.REQUEST_IN_ROW, asked.nonce, request)))
        else:
            ended = self._or_end(lambda: self._send(asked, request, size, within_s))
            if ended is not None:
                return ended
        self._row.append(asked)
        if self._when_asked is not None:
            action, self._when_asked = self._when_asked, None
            action()
        return asked

    def _encoded(
        self, operation: str, parameters: tuple[Value, ...], *, in_row: bool
    ) -> tuple[list[Buffer], int, bool]:
        """The request, its size, and whether it goes into a row.

        A box reads what lies beside a request when it likes: nothing does before it has answered all others.
        """
        if in_row:
            request = answers.encode((operation, parameters))
            size = sum(map(len, request))
            if self._row_bytes + size > _EARLY_BYTES:
                self.settle()
            if size <= _EARLY_BYTES:
                return request, size, True
        request = answers.encode((operation, parameters), self._process.memory)
        return request, sum(map(len, request)), False

    def _send(self, asked: _Asked, request: list[Buffer], size: int, within_s: float | None) -> None:
        # a box that is still being isolated finds its first request in the socket when it is done
        early = self._ask_early(asked.nonce, request)
        self._process.await_ready()
        self._start_clock(asked.operation, within_s)
        asked.start = time.perf_counter_ns()
        small = self._rests and size <= _EARLY_BYTES
        if self._rests and not small:  # else nobody would empty the socket
            self._process.go_on()
        if not early:
            self._link.write(wire.frame(Kind.REQUEST, asked.nonce, request))
        if small:
            self._process.go_on()

    def _start_clock(self, operation: str, within_s: float | None) -> None:
        limits, look = self.limits, self._process.look
        if operation == "load":
            self._link.start_clock(limits.load_s, look, late=Outcome.LOAD_LIMIT)
        elif within_s is not None and within_s < limits.wall_s - self._spent_s:
            self._link.start_clock(within_s, look)
        else:
            self._link.start_clock(limits.wall_s, look, spent_s=self._spent_s)

    def _reply_to(self, asked: _Asked) -> Reply:
        """The reply, when all those before it have been heard."""
        while asked.reply is None:
            self._hear(self._row[0])
        return asked.reply

    def _hear(self, asked: _Asked, within_s: float | None = None) -> None:
        """Hear the reply to the first of the row."""
        self._row.popleft()
        if self._ended is not None:
            asked.reply = self._ended
            return
        self._judged_ns = 0
        if not asked.start:  # nobody was waiting for it so far
            asked.start = time.perf_counter_ns()
            self._start_clock(asked.operation, within_s)

        def receive() -> Reply:
            self._exchange()
            if asked.taken:
                asked.start = time.perf_counter_ns() - asked.taken
            reply = self._converse(asked)
            if not asked.taken:
                self._link.drain()
            if self._rests:
                self._rest()
            return reply

        reply: Reply = _ABANDONED
        try:
            reply = self._or_end(receive)
        finally:
            taken_s = self._seconds_since(asked.start)
            if asked.operation == "load":
                self._loading_s += taken_s
            else:
                self._spent_s += taken_s
            asked.reply = self._end(reply) if isinstance(reply, Ended) and not self._ended else reply

    def _exchange(self) -> None:
        """Send what was begun in a row, one request when the bytes of the reply before are here."""
        failure: Exception | None = None
        for asked, frame in self._release():
            asked.failure = failure
            if failure is not None:
                continue
            start = time.perf_counter_ns()
            try:
                self._link.write(frame)
                asked.frame = self._link.read(most=asked.most)
                if asked.frame[1] != asked.nonce:
                    raise ProtocolError(_NO_ANSWER)
                self._link.drain()
            except (BoxEnd, ChannelClosed, WireError, ProtocolError) as error:
                asked.failure = failure = error
            asked.taken = time.perf_counter_ns() - start

    def _release(self) -> list[tuple[_Asked, list[Buffer]]]:
        """What was held, to be sent now."""
        held, self._held = self._held, []
        self._row_bytes = self._row_most = 0
        return held

    def _or_end(self, action: Callable[[], T]) -> T | Ended:
        """What `action` returns, or the end of the box that it found or made necessary."""
        try:
            return action()
        except BoxEnd as end:
            return self._end(end.ended)
        except ChannelClosed:
            return self._end(self._process.why())
        except (WireError, ProtocolError) as error:
            return self._end(endings.bad_answer(str(error)))
        except _CallbackFailed as failure:
            self._end(_ABANDONED)
            raise failure.__cause__ or failure from None
        except BaseException:
            self._end(_ABANDONED)
            raise

    def _rest(self) -> None:
        """Stop it; one that does not is killed, and has ended when this returns."""
        if not self._ended and not self._process.stop():
            self._end(endings.does_not_rest(REST_S))
            self._process.why()

    def _ask_early(self, nonce: int, request: list[Any]) -> bool:
        """Send a small first request before the box is ready for it."""
        if self._process.ready or sum(map(len, request)) > _EARLY_BYTES:
            return False
        with contextlib.suppress(ChannelClosed):  # it died in isolation, and is asked about that next
            self._link.write(wire.frame(Kind.REQUEST, nonce, request))
        return True

    def _converse(self, asked: _Asked) -> Reply:
        memory, nonce, start, most = self._process.memory, asked.nonce, asked.start, asked.most
        if asked.failure is not None:
            raise asked.failure
        while True:
            (kind, echo, data), asked.frame = asked.frame or self._link.read(most=most), None
            memory.most = most - len(data)
            # a box could write there anew while it answers the others
            beside = None if asked.in_row else memory
            if echo != nonce:
                raise ProtocolError(_NO_ANSWER)
            if kind is Kind.ANSWER:
                value, witness = answers.read_answer(data, beside)
                return Answer(value, self._seconds_since(start), witness)
            if kind is Kind.RAISED:
                category, raised = answers.read_raised(data, self._seconds_since(start))
                return self._end_of(category, raised) or raised
            if kind is Kind.OVERFLOW:
                return Ended(Outcome.MESSAGE_LIMIT, f"{MAX_NODES} values", f"more than {MAX_NODES} values")
            if kind is not Kind.CALL:
                raise ProtocolError("a frame that has no place here")
            self._answer_call(nonce, data, asked.callbacks)

    def _seconds_since(self, start: int) -> float:
        """Without those that the callbacks of the operation took."""
        return (time.perf_counter_ns() - start - self._judged_ns) / 1e9

    def _end_of(self, category: str, raised: Raised) -> Ended | None:
        """The end that the exception is the sign of, if any."""
        try:
            _, held_mb = self._process.used()
        except OSError:
            held_mb = 0.0
        return endings.from_exception(category, raised, self.limits, held_mb=held_mb)

    def _answer_call(self, nonce: int, data: bytearray, callbacks: Mapping[int, Callback]) -> None:
        """Answer a stub's call. The time that the callback itself takes is not the box's."""
        memory = self._process.memory
        stub, arguments = answers.read_call(data, memory)
        if stub not in callbacks:
            raise ProtocolError("a call of something that was not given")
        self._calls += 1
        if self._calls > self.limits.calls:
            raise BoxEnd(Ended(Outcome.CALLS, f"{self.limits.calls} calls", f"{self._calls} calls"))
        start = time.perf_counter_ns()
        if self._rests:
            self._rest()
        try:
            kind, result = Kind.RESULT, answers.encode(callbacks[stub](arguments), memory)
        except CallRefused as refusal:
            kind, result = Kind.REFUSED, answers.encode(str(refusal))
        except BaseException as error:
            raise _CallbackFailed from error
        taken = time.perf_counter_ns() - start
        self._judged_ns += taken
        self._link.stop_clock(taken / 1e9)
        if self._rests:
            self._process.go_on()
        self._link.write(wire.frame(kind, nonce, result))

    def _end(self, ended: Ended) -> Ended:
        self._ended = ended
        self._process.kill()
        with contextlib.suppress(BoxEnd):
            self._link.drain()
        return ended
