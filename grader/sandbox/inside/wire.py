"""The bytes between judge and box: frames with a fixed header, and a bounded code for values.

A frame is magic, version, kind, nonce and length, then that many bytes. The nonce of a request is random
and comes back in its answer, so nothing can be answered before it was asked. Every size is checked against
what is left of the message before anything is allocated; array bytes start at multiples of `ALIGN`.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from enum import IntEnum
from typing import Any, Final

import numpy as np

from .values import (
    DTYPES,
    MAX_DEPTH,
    MAX_NDIM,
    MAX_NODES,
    MAX_TYPE_NAME,
    Handle,
    Opaque,
    Rng,
    Stub,
    Tensor,
)

MAGIC: Final = b"Nb"
VERSION: Final = 1
HEADER: Final = struct.Struct("<2sBBQQ")  # magic, version, kind, nonce, length
ALIGN: Final = 16
MAX_EMPTY: Final = 2**31  # elements an array would have if its empty axes had length one


class WireError(ValueError):
    """The bytes are no frame or no value, or a value is too large to be sent."""


class Kind(IntEnum):
    """What a frame carries; the payload is always one value."""

    # box to judge
    READY = 1  # peak memory in KiB before any student's byte was seen
    FAULT = 2  # the step at which isolation failed; believed only instead of READY
    ANSWER = 3  # (value, type names, aliases input, changed inputs, warnings)
    RAISED = 4  # (category, type name, message, frames)
    CALL = 5  # (stub id, arguments)
    OVERFLOW = 6  # more values than a message may hold
    # judge to box
    REQUEST = 16  # (operation, target, arguments, options)
    RESULT = 17  # what the stub returns
    REFUSED = 18  # the message of the exception that the stub raises


class Tag(IntEnum):
    """The first byte of each encoded value."""

    NONE = 0
    TRUE = 1
    FALSE = 2
    INT = 3
    FLOAT = 4
    STR = 5
    LIST = 6
    TUPLE = 7
    DICT = 8
    ARRAY = 9
    SCALAR = 10
    TENSOR = 11
    HANDLE = 12
    STUB = 13
    RNG = 14
    OPAQUE = 15


Extension = Tensor | Handle | Stub | Rng | Opaque
Buffer = bytes | bytearray | memoryview

_DTYPE = tuple(np.dtype("<" + code if code[1:] != "1" else code) for code in DTYPES)
_CODE = {dtype.newbyteorder("="): code for code, dtype in enumerate(_DTYPE)}
_SCALARS = frozenset(dtype.type for dtype in _DTYPE)
_KINDS = ("object", "callable", "array")
_INT, _FLOAT, _COUNT, _ID = struct.Struct("<q"), struct.Struct("<d"), struct.Struct("<I"), struct.Struct("<Q")
_INLINE = 4096  # smaller arrays are copied between their neighbours, larger ones travel as they lie


def header(kind: int, nonce: int, length: int) -> bytes:
    """The header of a frame."""
    return HEADER.pack(MAGIC, VERSION, kind, nonce, length)


def parse_header(data: Buffer) -> tuple[Kind, int, int]:
    """(kind, nonce, length) of a frame; WireError when it is none."""
    try:
        magic, version, kind, nonce, length = HEADER.unpack(data)
        if magic != MAGIC or version != VERSION:
            raise WireError("not a frame")
        return Kind(kind), nonce, length
    except (struct.error, ValueError) as error:
        raise WireError("not a frame") from error


def encode(value: Any, *, foreign: Callable[[Any], Any]) -> list[Buffer]:
    """The payload as buffers to be written one after the other.

    `foreign` is asked for a substitute wherever something is no value; what it returns is encoded instead.
    """
    return _Encoder(foreign).run(value)


def decode(data: Buffer, *, extend: Callable[[Extension], Any], own: bool = False) -> Any:
    """The value in `data`; arrays are views of it, or copies where `own`.

    `extend` replaces each tensor, handle, stub, generator and opaque value by what stands for it here.
    """
    decoder = _Decoder(memoryview(data), extend, own)
    value = decoder.value(0)
    if decoder.position != len(decoder.data):
        raise WireError("bytes after the value")
    return value


class _Encoder:
    def __init__(self, foreign: Callable[[Any], Any]) -> None:
        self.foreign = foreign
        self.done: list[Buffer] = []
        self.size = 0  # of `done`
        self.tail = bytearray()
        self.nodes = 0

    def run(self, value: Any) -> list[Buffer]:
        self.value(value, 0)
        return [*self.done, self.tail]

    def value(self, value: Any, depth: int) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise WireError(f"more than {MAX_NODES} values")
        # exact types only: a subclass can be anything
        write = _WRITERS.get(type(value))
        if write is None or not write(self, value, depth):
            substitute = self.foreign(value)
            write = _WRITERS.get(type(substitute))
            if write is None or not write(self, substitute, depth):
                raise WireError("no value")

    def text(self, text: str) -> None:
        data = text.encode("utf-8", "replace")
        self.tail += _COUNT.pack(len(data)) + data

    def raw(self, array: np.ndarray[Any, Any]) -> bool:
        code = _CODE.get(array.dtype.newbyteorder("="))
        if code is None or array.ndim > MAX_NDIM:
            return False
        if not array.flags.c_contiguous or array.dtype != _DTYPE[code]:
            array = array.astype(_DTYPE[code], order="C")
        self.tail += struct.pack(f"<BB{array.ndim}Q", code, array.ndim, *array.shape)
        self.tail += bytes(-(self.size + len(self.tail)) % ALIGN)
        data = array.reshape(-1).view(np.uint8).data
        if len(data) <= _INLINE:
            self.tail += data
        else:
            self.done += [self.tail, data]
            self.size += len(self.tail) + len(data)
            self.tail = bytearray()
        return True

    def write_none(self, value: None, depth: int) -> bool:
        self.tail.append(Tag.NONE)
        return True

    def write_bool(self, value: bool, depth: int) -> bool:
        self.tail.append(Tag.TRUE if value else Tag.FALSE)
        return True

    def write_int(self, value: int, depth: int) -> bool:
        if not -(2**63) <= value < 2**63:
            return False
        self.tail.append(Tag.INT)
        self.tail += _INT.pack(value)
        return True

    def write_float(self, value: float, depth: int) -> bool:
        self.tail.append(Tag.FLOAT)
        self.tail += _FLOAT.pack(value)
        return True

    def write_str(self, value: str, depth: int) -> bool:
        self.tail.append(Tag.STR)
        self.text(value)
        return True

    def write_sequence(self, value: list[Any] | tuple[Any, ...], depth: int) -> bool:
        if depth >= MAX_DEPTH:
            return False
        self.tail.append(Tag.LIST if type(value) is list else Tag.TUPLE)
        items = tuple(value)  # a list may change while its elements are looked at
        self.tail += _COUNT.pack(min(len(items), 2**32 - 1))
        for item in items:
            self.value(item, depth + 1)
        return True

    def write_dict(self, value: dict[Any, Any], depth: int) -> bool:
        items = tuple(value.items())
        if depth >= MAX_DEPTH or any(type(key) is not str for key, _ in items):
            return False
        self.tail.append(Tag.DICT)
        self.tail += _COUNT.pack(min(len(items), 2**32 - 1))
        for key, item in items:
            self.text(key)
            self.value(item, depth + 1)
        return True

    def write_array(self, value: np.ndarray[Any, Any], depth: int) -> bool:
        self.tail.append(Tag.ARRAY)
        if self.raw(value):
            return True
        self.tail.pop()
        return False

    def write_scalar(self, value: np.generic[Any], depth: int) -> bool:
        self.tail.append(Tag.SCALAR)
        return self.raw(np.asarray(value))

    def write_tensor(self, value: Tensor, depth: int) -> bool:
        self.tail += bytes((Tag.TENSOR, bool(value.requires_grad)))
        if self.raw(value.array):
            return True
        del self.tail[-2:]
        return False

    def write_handle(self, value: Handle, depth: int) -> bool:
        self.tail.append(Tag.HANDLE)
        self.tail += _COUNT.pack(value.id) + bytes((_KINDS.index(value.kind),))
        return True

    def write_stub(self, value: Stub, depth: int) -> bool:
        self.tail.append(Tag.STUB)
        self.tail += _COUNT.pack(value.id)
        self.text(value.name)
        return True

    def write_rng(self, value: Rng, depth: int) -> bool:
        self.tail.append(Tag.RNG)
        self.tail += _ID.pack(value.seed)
        return True

    def write_opaque(self, value: Opaque, depth: int) -> bool:
        self.tail.append(Tag.OPAQUE)
        self.text(value.type_name[:MAX_TYPE_NAME])
        return True


_WRITERS: dict[type, Callable[[_Encoder, Any, int], bool]] = {
    type(None): _Encoder.write_none,
    bool: _Encoder.write_bool,
    int: _Encoder.write_int,
    float: _Encoder.write_float,
    str: _Encoder.write_str,
    list: _Encoder.write_sequence,
    tuple: _Encoder.write_sequence,
    dict: _Encoder.write_dict,
    np.ndarray: _Encoder.write_array,
    Tensor: _Encoder.write_tensor,
    Handle: _Encoder.write_handle,
    Stub: _Encoder.write_stub,
    Rng: _Encoder.write_rng,
    Opaque: _Encoder.write_opaque,
    **dict.fromkeys(_SCALARS, _Encoder.write_scalar),
}


class _Decoder:
    def __init__(self, data: memoryview, extend: Callable[[Extension], Any], own: bool) -> None:
        self.data = data
        self.extend = extend
        self.own = own
        self.position = 0
        self.nodes = 0

    def value(self, depth: int) -> Any:
        self.nodes += 1
        if self.nodes > MAX_NODES or depth > MAX_DEPTH:
            raise WireError("too many values, or nested too deeply")
        tag = self.byte()
        read = _READERS[tag] if tag < len(_READERS) else None
        if read is None:
            raise WireError(f"no such tag: {tag}")
        return read(self, depth)

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
        (count,) = _COUNT.unpack(self.take(4))
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
        if code >= len(_DTYPE) or ndim > MAX_NDIM:
            raise WireError("no such dtype, or too many axes")
        dtype, shape = _DTYPE[code], struct.unpack(f"<{ndim}Q", self.take(8 * ndim))
        size, extent = dtype.itemsize, 1
        for length in shape:
            size, extent = size * length, extent * max(length, 1)
        self.take(-self.position % ALIGN)
        if size > len(self.data) - self.position or (size == 0 and extent > MAX_EMPTY):
            raise WireError("a shape beyond the message")
        array: np.ndarray[Any, Any] = np.frombuffer(self.take(size), dtype=dtype).reshape(shape)
        if code == 0 and size and array.view(np.uint8).max() > 1:
            raise WireError("a bool that is neither 0 nor 1")  # would compare like neither
        return array.copy() if self.own else array

    def read_list(self, depth: int) -> Any:
        return [self.value(depth + 1) for _ in range(self.count())]

    def read_dict(self, depth: int) -> Any:
        return {self.text(): self.value(depth + 1) for _ in range(self.count())}

    def read_handle(self) -> Handle:
        (number,), kind = _COUNT.unpack(self.take(4)), self.byte()
        if kind >= len(_KINDS):
            raise WireError("no such kind of handle")
        return Handle(number, _KINDS[kind])


def _scalar(decoder: _Decoder) -> np.generic[Any]:
    array = decoder.raw()
    if array.ndim:
        raise WireError("a scalar with axes")
    return array[()]  # type: ignore[no-any-return]


def _tensor(decoder: _Decoder) -> Tensor:
    flag = decoder.byte()
    if flag > 1:
        raise WireError("a flag that is neither 0 nor 1")
    return Tensor(decoder.raw(), bool(flag))


_READERS: tuple[Callable[[_Decoder, int], Any], ...] = (
    lambda decoder, depth: None,
    lambda decoder, depth: True,
    lambda decoder, depth: False,
    lambda decoder, depth: _INT.unpack(decoder.take(8))[0],
    lambda decoder, depth: _FLOAT.unpack(decoder.take(8))[0],
    lambda decoder, depth: decoder.text(),
    lambda decoder, depth: decoder.read_list(depth),
    lambda decoder, depth: tuple(decoder.read_list(depth)),
    lambda decoder, depth: decoder.read_dict(depth),
    lambda decoder, depth: decoder.raw(),
    lambda decoder, depth: _scalar(decoder),
    lambda decoder, depth: decoder.extend(_tensor(decoder)),
    lambda decoder, depth: decoder.extend(decoder.read_handle()),
    lambda decoder, depth: decoder.extend(
        Stub(_COUNT.unpack(decoder.take(4))[0], decoder.text()),
    ),
    lambda decoder, depth: decoder.extend(Rng(_ID.unpack(decoder.take(8))[0])),
    lambda decoder, depth: decoder.extend(Opaque(decoder.text()[:MAX_TYPE_NAME])),
)
