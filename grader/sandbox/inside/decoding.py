"""Bytes as values, bounded: every size is checked against what is left before anything is allocated."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any, Final

import numpy as np

from .memory import LARGE, Memory
from .values import MAX_DEPTH, MAX_NDIM, MAX_NODES, MAX_TYPE_NAME, Handle, Opaque, Rng, Stub, Tensor
from .wire import ALIGN, BESIDE, COUNT, DTYPE, FLOAT, HANDLE_KINDS, ID, INT, Buffer, Extension, WireError

MAX_EMPTY: Final = 2**31  # elements an array would have if its empty axes had length one


def decode(
    data: Buffer, *, extend: Callable[[Extension], Any], own: bool = False, memory: Memory | None = None
) -> Any:
    """The value in `data`; arrays are views of it, or copies where `own`; those beside it are copied always.

    `extend` replaces each tensor, handle, stub, generator and opaque value by what stands for it here.
    """
    if memory is not None:
        memory.fetched = 0
    decoder = _Decoder(memoryview(data), extend, own, memory)
    value = decoder.value()
    if decoder.position != len(decoder.data):
        raise WireError("bytes after the value")
    return value


class _Decoder:
    def __init__(
        self, data: memoryview, extend: Callable[[Extension], Any], own: bool, memory: Memory | None
    ) -> None:
        self.data = data
        self.extend = extend
        self.own = own
        self.memory = memory
        self.position = 0
        self.nodes = self.depth = 0

    def value(self) -> Any:
        self.nodes += 1
        if self.nodes > MAX_NODES or self.depth > MAX_DEPTH:
            raise WireError("too many values, or nested too deeply")
        tag = self.byte()
        if tag >= len(_READERS):
            raise WireError(f"no such tag: {tag}")
        return _READERS[tag](self)

    def take(self, size: int) -> memoryview:
        end = self.position + size
        if end > len(self.data):
            raise WireError("cut short")
        part = self.data[self.position : end]
        self.position = end
        return part

    def byte(self) -> int:
        return self.take(1)[0]

    def count(self) -> int:
        """A number of things of which each takes at least one byte more."""
        (count,) = COUNT.unpack(self.take(4))
        if count > len(self.data) - self.position:
            raise WireError("a count beyond the message")
        return int(count)

    def text(self) -> str:
        try:
            return str(self.take(self.count()), "utf-8")
        except UnicodeDecodeError as error:
            raise WireError("text that is not UTF-8") from error

    def raw(self) -> np.ndarray[Any, Any]:
        code, ndim = self.take(2)
        beside, code = code & BESIDE, code & ~BESIDE
        if code >= len(DTYPE) or ndim > MAX_NDIM:
            raise WireError("no such dtype, or too many axes")
        dtype, shape = DTYPE[code], struct.unpack(f"<{ndim}Q", self.take(8 * ndim))
        size, extent = dtype.itemsize, 1
        for length in shape:
            size, extent = size * length, extent * max(length, 1)
        flat = self.beside(size) if beside else self.inline(size, extent)
        array: np.ndarray[Any, Any] = np.frombuffer(flat, dtype=dtype).reshape(shape)
        if code == 0 and size and array.view(np.uint8).max() > 1:
            raise WireError("a bool that is neither 0 nor 1")  # would compare like neither
        return array.copy() if self.own and not beside else array

    def inline(self, size: int, extent: int) -> memoryview:
        """The bytes of an array in the message."""
        self.take(-self.position % ALIGN)
        if size > len(self.data) - self.position or (size == 0 and extent > MAX_EMPTY):
            raise WireError("a shape beyond the message")
        return self.take(size)

    def beside(self, size: int) -> np.ndarray[Any, Any]:
        """A copy of the bytes of an array beside the message."""
        (offset,) = ID.unpack(self.take(8))
        if self.memory is None or size < LARGE:
            raise WireError("an array that cannot lie beside this message")
        return self.memory.fetch(offset, size)

    def none(self) -> None:
        return None

    def true(self) -> bool:
        return True

    def false(self) -> bool:
        return False

    def integer(self) -> int:
        return int(INT.unpack(self.take(8))[0])

    def float(self) -> Any:
        return FLOAT.unpack(self.take(8))[0]

    def list(self) -> Any:
        count = self.count()
        self.depth += 1
        items = [self.value() for _ in range(count)]
        self.depth -= 1
        return items

    def tuple(self) -> Any:
        return tuple(self.list())

    def dict(self) -> Any:
        count = self.count()
        self.depth += 1
        items = {self.text(): self.value() for _ in range(count)}
        self.depth -= 1
        return items

    def scalar(self) -> Any:
        array = self.raw()
        if array.ndim:
            raise WireError("a scalar with axes")
        return array[()]

    def tensor(self) -> Any:
        flag = self.byte()
        if flag > 1:
            raise WireError("a flag that is neither 0 nor 1")
        return self.extend(Tensor(self.raw(), bool(flag)))

    def handle(self) -> Any:
        (number,), kind = COUNT.unpack(self.take(4)), self.byte()
        if kind >= len(HANDLE_KINDS):
            raise WireError("no such kind of handle")
        return self.extend(Handle(number, HANDLE_KINDS[kind]))

    def stub(self) -> Any:
        return self.extend(Stub(COUNT.unpack(self.take(4))[0], self.text()))

    def rng(self) -> Any:
        return self.extend(Rng(ID.unpack(self.take(8))[0]))

    def opaque(self) -> Any:
        return self.extend(Opaque(self.text()[:MAX_TYPE_NAME]))


_READERS: tuple[Callable[[_Decoder], Any], ...] = (
    _Decoder.none,
    _Decoder.true,
    _Decoder.false,
    _Decoder.integer,
    _Decoder.float,
    _Decoder.text,
    _Decoder.list,
    _Decoder.tuple,
    _Decoder.dict,
    _Decoder.raw,
    _Decoder.scalar,
    _Decoder.tensor,
    _Decoder.handle,
    _Decoder.stub,
    _Decoder.rng,
    _Decoder.opaque,
)  # in the order of `Tag`
