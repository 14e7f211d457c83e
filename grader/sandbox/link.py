"""The judge's end of one box: frames in and out, with every limit watched while waiting."""

from __future__ import annotations

import os
import select
import socket
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from grader.outcome import Outcome
from grader.sandbox.inside import wire
from grader.sandbox.inside.wire import Buffer, Kind
from grader.sandbox.reply import Ended

T = TypeVar("T", bytes, int)
TICK_S = 0.05  # how often the processor and the memory of a busy box are looked at
_AT_ONCE = 512  # buffers in one sendmsg
_CHUNK = 1 << 13  # bytes that are taken at once: most frames are smaller
_GRACE_S = 0.1  # for a limit of the kernel's to be the one that ends the box


class BoxEnd(Exception):
    """The box has to end, or has ended; never leaves this package."""

    def __init__(self, ended: Ended) -> None:
        super().__init__(ended)
        self.ended = ended


class ChannelClosed(Exception):
    """The box's end of the socket is closed: it is dying, or up to something."""


class Link:
    """Non-blocking frames over a socket, beside a pipe that holds what the box prints."""

    def __init__(self, channel: socket.socket, output: int, *, output_bytes: int) -> None:
        self.output = bytearray()
        self._channel, self._pipe = channel, output
        self._output_bytes = output_bytes
        channel.setblocking(False)
        os.set_blocking(output, False)
        self._deadline, self._wall_s, self._late = 0.0, 0.0, Outcome.WALL_LIMIT
        self._look: Callable[[], None] = lambda: None
        self._next_look = 0.0
        self._ahead = bytearray()  # what has come and has not been read
        self._poll = select.poll()
        self._poll.register(channel, select.POLLIN)
        self._poll.register(output, select.POLLIN)

    def start_clock(
        self,
        wall_s: float,
        look: Callable[[], None],
        *,
        late: Outcome = Outcome.WALL_LIMIT,
        spent_s: float = 0.0,
    ) -> None:
        """Bound what follows to `wall_s` seconds, of which `spent_s` are spent.

        `look` is called now and then and may raise BoxEnd.
        """
        now = time.monotonic()
        self._deadline, self._wall_s, self._late = now + wall_s - spent_s, wall_s, late
        self._look, self._next_look = look, now + TICK_S

    def stop_clock(self, seconds: float) -> None:
        """Leave out `seconds` that the judge took for itself."""
        self._deadline += seconds

    def write(self, parts: list[Buffer]) -> None:
        """Send frames, which are used up."""
        while parts:
            try:
                sent = self._channel.sendmsg(parts[:_AT_ONCE])
            except BlockingIOError:
                self._wait_to_write()
                continue
            except OSError as error:
                raise ChannelClosed from error
            while parts and sent >= len(parts[0]):
                sent -= len(parts.pop(0))
            if parts:
                parts[0] = memoryview(parts[0])[sent:]

    def read(self, *, most: int) -> tuple[Kind, int, bytearray]:
        """(kind, nonce, payload) of the next frame, at most `most` bytes long."""
        self._watch()  # also where there is nothing to wait for: a box may always have sent more
        ahead = self._ahead
        while len(ahead) < wire.HEADER.size:
            ahead += self._received(lambda: self._channel.recv(_CHUNK))
        kind, nonce, length = wire.parse_header(ahead[: wire.HEADER.size])
        if length > most:
            raise BoxEnd(Ended(Outcome.MESSAGE_LIMIT, megabytes(most), megabytes(length)))
        end = wire.HEADER.size + length
        data, self._ahead = ahead[wire.HEADER.size : end], ahead[end:]
        if len(data) < length:
            data = self._filled(data, length)
        return kind, nonce, data

    def drain(self) -> None:
        """Take what has been printed so far."""
        while True:
            try:
                data = os.read(self._pipe, 1 << 16)
            except BlockingIOError:
                return
            if not data:
                return
            room = self._output_bytes - len(self.output)
            self.output += data[:room]
            if len(data) > room:
                limit = f"{self._output_bytes >> 10} KB"
                raise BoxEnd(Ended(Outcome.OUTPUT_LIMIT, limit, f"more than {limit}"))

    def close(self) -> None:
        """Close both ends."""
        self._channel.close()
        os.close(self._pipe)

    def _filled(self, data: bytearray, length: int) -> bytearray:
        """The payload of that length which starts with `data`."""
        whole = bytearray(length)
        whole[: len(data)] = data
        rest = memoryview(whole)[len(data) :]
        while rest:
            rest = rest[self._received(partial(self._channel.recv_into, rest)) :]
        return whole

    def _received(self, receive: Callable[[], T]) -> T:
        """What there is on the channel, as `receive` takes it: once there is something."""
        while True:
            try:
                received = receive()  # a box that shares the judge's core has most often answered by now
            except BlockingIOError:
                self._wait()
                continue
            except OSError as error:
                raise ChannelClosed from error
            if not received:
                raise ChannelClosed
            return received

    def _wait_to_write(self) -> None:
        self._poll.modify(self._channel, select.POLLOUT)
        try:
            self._wait()
        finally:
            self._poll.modify(self._channel, select.POLLIN)

    def _wait(self) -> None:
        """Until the channel is ready, taking output and watching the limits meanwhile."""
        channel = self._channel.fileno()
        while True:
            now = self._watch()
            ready = dict(self._poll.poll((min(self._deadline, self._next_look) - now) * 1000))
            if channel in ready:
                return  # before what was printed is looked at: a box may print only after it said READY
            if self._pipe in ready:
                self.drain()
                if ready[self._pipe] & select.POLLHUP:
                    self._poll.unregister(self._pipe)  # closed by the box: nothing more to come

    def _watch(self) -> float:
        """Hold the box to its limits; the time at which it was looked at."""
        now = time.monotonic()
        if now >= self._deadline:
            used = self._wall_s + now - self._deadline
            raise BoxEnd(Ended(self._late, f"{self._wall_s:g} s", f"{used:.1f} s"))
        if now >= self._next_look:
            self._next_look = now + TICK_S
            self._look()
        return now


def megabytes(size: int) -> str:
    """As people read it: "64 MB"."""
    return f"{size / (1 << 20):.3g} MB"
