"""The box's end of the socket. What the judge sends is trusted to be well-formed."""

from __future__ import annotations

import os
from os import read, readv, write, writev
from typing import Any

from . import wire
from .encoding import encode
from .wire import Buffer, Kind

_SMALL = 1 << 15  # bytes that are copied into one piece
_AT_ONCE = 512  # buffers in one writev; the kernel takes at most 1024


class Channel:
    """Blocking frames over one descriptor."""

    def __init__(self, fd: int) -> None:
        self.fd = fd
        self.ahead = b""  # what was read of the next frames

    def send(self, kind: Kind, nonce: int, value: Any) -> None:
        """Write a frame with a plain value."""
        self.write(kind, nonce, encode(value, foreign=_nothing_foreign))

    def write(self, kind: Kind, nonce: int, buffers: list[Buffer]) -> None:
        """Write a frame whose payload is these buffers."""
        length = sum(map(len, buffers))
        head = wire.header(kind, nonce, length)
        if length < _SMALL:
            data = b"".join((head, *buffers))
            while data:
                data = data[write(self.fd, data) :]
            return
        parts = [memoryview(head), *(memoryview(buffer) for buffer in buffers)]
        while parts:
            written = writev(self.fd, parts[:_AT_ONCE])
            while parts and written >= len(parts[0]):
                written -= len(parts.pop(0))
            if parts:
                parts[0] = parts[0][written:]

    def receive(self) -> tuple[Kind, int, bytes | bytearray]:
        """(kind, nonce, payload) of the next frame; ends the process when the judge is gone.

        Requests to an author's box may come several in one piece.
        """
        data = self.ahead or self._read()
        while len(data) < wire.HEADER.size:
            data += self._read()
        kind, nonce, length = wire.parse_header(data[: wire.HEADER.size])
        end = wire.HEADER.size + length
        start, self.ahead = data[wire.HEADER.size : end], data[end:]
        return kind, nonce, start if len(start) == length else self._whole(start, length)

    def _read(self) -> bytes:
        return read(self.fd, _SMALL) or os._exit(0)

    def _whole(self, start: bytes, length: int) -> bytearray:
        """A payload of which the start has been read."""
        data = bytearray(length)
        data[: len(start)] = start
        view = memoryview(data)[len(start) :]
        while view:
            count = readv(self.fd, [view])
            if count == 0:
                os._exit(0)
            view = view[count:]
        return data


def _nothing_foreign(value: Any) -> Any:
    raise TypeError(type(value))
