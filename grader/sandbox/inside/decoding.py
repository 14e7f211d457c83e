"""Bytes as values, bounded: every size is checked against what is left before anything is allocated."""

from __future__ import annotations

import struct
from collections.abc import Callable
from math import prod
from typing import Any, Final

import numpy as np

from .memory import LARGE, Memory
from .values import MAX_DEPTH, MAX_NDIM, MAX_NODES, MAX_TYPE_NAME, Handle, Opaque, Rng, Stub, Tensor
from .wire import (
    ALIGN,
    BESIDE,
    CELL,
    COUNT,
    DTYPE,
    FLOAT,
    HANDLE_KINDS,
    ID,
    INT,
    ROWS,
    Buffer,
    Extension,
    WireError,
)

_SHAPE: Final = tuple(struct.Struct(f"<{ndim}Q") for ndim in range(MAX_NDIM + 1))
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
    try:
        value = decoder.value()
    except (IndexError, struct.error) as error:  # they look at the bounds themselves
        raise WireError("no such tag, or cut short") from error
    if decoder.position != decoder.end:
        raise WireError("bytes after the value")
    return value


class _Decoder:
    __slots__ = ("data", "depth", "end", "extend", "memory", "nodes", "own", "position")

    def __init__(
        self, data: memoryview, extend: Callable[[Extension], Any], own: bool, memory: Memory | None
    ) -> None:
        self.data, self.end = data, len(data)
        self.extend = extend
        self.own = own
        self.memory = memory
        self.position = 0
        self.nodes = self.depth = 0

    def value(self) -> Any:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise WireError("too many values")
        start = self.position
        self.position = start + 1
        return _READERS[self.data[start]](self)

    def unpack(self, form: struct.Struct) -> Any:
        """The one number of that form."""
        start = self.position
        self.position = start + form.size
        return form.unpack_from(self.data, start)[0]

    def byte(self) -> int:
        start = self.position
        self.position = start + 1
        return self.data[start]

    def count(self) -> int:
        """A number of things of which each takes at least one byte more."""
        start = self.position
        self.position = start + COUNT.size
        count: int = COUNT.unpack_from(self.data, start)[0]
        if count > self.end - self.position:
            raise WireError("a count beyond the message")
        return count

    def text(self) -> str:
        start = self.position + COUNT.size
        self.position = end = start + COUNT.unpack_from(self.data, self.position)[0]
        if end > self.end:
            raise WireError("a text beyond the message")
        try:
            return str(self.data[start:end], "utf-8")
        except UnicodeDecodeError as error:
            raise WireError("text that is not UTF-8") from error

    def raw(self) -> np.ndarray[Any, Any]:
        array, beside = self.numbers()
        return array.copy() if self.own and not beside else array

    def numbers(self, *rows: int) -> tuple[np.ndarray[Any, Any], int]:
        """An array, or as many of one shape as there are rows; not 0 where it lies beside the message."""
        start = self.position
        code, ndim = self.data[start], self.data[start + 1]
        beside, code = code & BESIDE, code & ~BESIDE
        if code >= len(DTYPE) or ndim > MAX_NDIM or (rows and beside):
            raise WireError("no such dtype, or too many axes")
        dtype, form = DTYPE[code], _SHAPE[ndim]
        shape = (*rows, *form.unpack_from(self.data, start + 2))
        self.position = start + 2 + form.size
        size = dtype.itemsize * prod(shape)
        array: np.ndarray[Any, Any]
        if beside:
            array = np.frombuffer(self.beside(size), dtype=dtype).reshape(shape)
        else:
            array = np.ndarray(shape, dtype, self.data, self.inline(size, shape))
        if code == 0 and size and array.view(np.uint8).max() > 1:
            raise WireError("a bool that is neither 0 nor 1")  # would compare like neither
        return array, beside

    def inline(self, size: int, shape: tuple[int, ...]) -> int:
        """Where the bytes of an array in the message start."""
        start = self.position + -self.position % ALIGN
        self.position = start + size
        empty = size == 0 and prod(length or 1 for length in shape) > MAX_EMPTY
        if self.position > self.end or empty:
            raise WireError("a shape beyond the message")
        return start

    def beside(self, size: int) -> np.ndarray[Any, Any]:
        """A copy of the bytes of an array beside the message."""
        offset = self.unpack(ID)
        if self.memory is None or size < LARGE:
            raise WireError("an array that cannot lie beside this message")
        return self.memory.fetch(offset, size)

    def none(self) -> None:
        return None

    def true(self) -> bool:
        return True

    def false(self) -> bool:
        return False

    def integer(self) -> Any:
        return self.unpack(INT)

    def float(self) -> Any:
        return self.unpack(FLOAT)

    def items(self, count: int, read: Callable[[], Any]) -> list[Any]:
        """So many times what `read` finds, one level deeper."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise WireError("nested too deeply")
        found = [read() for _ in range(count)]
        self.depth -= 1
        return found

    def list(self) -> Any:
        return self.items(self.count(), self.value)

    def tuple(self) -> Any:
        return tuple(self.items(self.count(), self.value))

    def table(self) -> Any:
        rows, width = self.count(), self.count()
        self.nodes += rows * (width + 1)
        if self.nodes > MAX_NODES or self.depth + 1 >= MAX_DEPTH or rows < ROWS or not width:
            raise WireError("too many values or too few, or nested too deeply")
        columns = [self.column(rows) for _ in range(width)]
        return list(map(list, zip(*columns, strict=True)))

    def column(self, rows: int) -> Any:
        stack, _ = self.numbers(rows)
        if stack.nbytes < CELL * rows:
            raise WireError("a table of next to nothing")  # of which there could be much in a small message
        arrays = list(stack) if stack.ndim > 1 else [stack[k, ...] for k in range(rows)]
        return [one.copy() for one in arrays] if self.own else arrays

    def dict(self) -> Any:
        return dict(self.items(self.count(), self.pair))

    def pair(self) -> Any:
        return self.text(), self.value()

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
        number, kind = self.unpack(COUNT), self.byte()
        if kind >= len(HANDLE_KINDS):
            raise WireError("no such kind of handle")
        return self.extend(Handle(number, HANDLE_KINDS[kind]))

    def stub(self) -> Any:
        return self.extend(Stub(self.unpack(COUNT), self.text()))

    def rng(self) -> Any:
        return self.extend(Rng(self.unpack(ID)))

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
    _Decoder.table,
)  # in the order of `Tag`
