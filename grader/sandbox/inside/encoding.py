"""Values as bytes."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any

import numpy as np

from .memory import LARGE, Memory
from .values import MAX_DEPTH, MAX_NDIM, MAX_NODES, MAX_TYPE_NAME, Handle, Opaque, Rng, Stub, Tensor
from .wire import ALIGN, BESIDE, CELL, COUNT, DTYPE, HANDLE_KINDS, ID, ROWS, Buffer, Tag, WireError

_CODE = {dtype.newbyteorder("="): code for code, dtype in enumerate(DTYPE)}
_HEAD = tuple(struct.Struct(f"<BB{ndim}Q") for ndim in range(MAX_NDIM + 1))  # dtype, axes, shape
_TAGGED = tuple(struct.Struct(f"<BBB{ndim}Q") for ndim in range(MAX_NDIM + 1))  # likewise, after a tag
_PADDING = tuple(bytes(-size % ALIGN) for size in range(ALIGN))  # after so many bytes, modulo `ALIGN`
_SCALARS = frozenset(dtype.type for dtype in DTYPE)
_COUNTED = struct.Struct("<BI")  # a tag and a count
_SIZES = struct.Struct("<BII")  # a tag and two counts
_INT = struct.Struct("<Bq")
_FLOAT = struct.Struct("<Bd")
_KEYS = {str}
_NDARRAY = np.ndarray
# as plain numbers: a member of an enumeration is looked up slowly, and through many pages
_NO_VALUE, _YES, _NO = int(Tag.NONE), int(Tag.TRUE), int(Tag.FALSE)
_WHOLE, _REAL, _TEXT = int(Tag.INT), int(Tag.FLOAT), int(Tag.STR)
_LIST, _TUPLE, _DICT, _ARRAY = int(Tag.LIST), int(Tag.TUPLE), int(Tag.DICT), int(Tag.ARRAY)
_INLINE = 4096  # smaller arrays are copied between their neighbours, larger ones travel as they lie


def encode(value: Any, *, foreign: Callable[[Any], Any], memory: Memory | None = None) -> list[Buffer]:
    """The payload as buffers to be written one after the other; large arrays go into `memory`.

    `foreign` is asked for a substitute wherever something is no value; what it returns is encoded instead.
    """
    if memory is not None:
        memory.stored = 0
    return _Encoder(foreign, memory).run(value)


class _Encoder:
    __slots__ = ("depth", "done", "foreign", "memory", "nodes", "size", "tail")

    def __init__(self, foreign: Callable[[Any], Any], memory: Memory | None) -> None:
        self.foreign, self.memory = foreign, memory
        self.done: list[Buffer] = []
        self.size = 0  # of `done`
        self.tail = bytearray()
        self.nodes = self.depth = 0

    def run(self, value: Any) -> list[Buffer]:
        self.value(value)
        return [*self.done, self.tail]

    def value(self, value: Any) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise WireError(f"more than {MAX_NODES} values")
        # exact types only: a subclass can be anything
        write = _WRITERS.get(type(value))
        if write is None or not write(self, value):
            substitute = self.foreign(value)
            write = _WRITERS.get(type(substitute))
            if write is None or not write(self, substitute):
                raise WireError("no value")

    def text(self, text: str) -> None:
        data = text.encode("utf-8", "replace")
        self.tail += COUNT.pack(len(data)) + data

    def raw(self, array: np.ndarray[Any, Any]) -> bool:
        code = _CODE.get(array.dtype)
        if code is None:
            array = array.astype(array.dtype.newbyteorder("="))
            code = _CODE.get(array.dtype)
        if code is None or array.ndim > MAX_NDIM:
            return False
        small = array.nbytes <= _INLINE
        data: Buffer = b"" if small else np.ascontiguousarray(array).reshape(-1).view(np.uint8).data
        offset = self.memory.store(data) if self.memory and len(data) >= LARGE else None
        mark = 0 if offset is None else BESIDE
        self.tail += _HEAD[array.ndim].pack(code | mark, array.ndim, *array.shape)
        if offset is not None:
            self.tail += ID.pack(offset)
            return True
        self.tail += bytes(-(self.size + len(self.tail)) % ALIGN)
        if small:
            self.tail += array.tobytes()
        else:
            self.done += [self.tail, data]
            self.size += len(self.tail) + len(data)
            self.tail = bytearray()
        return True

    def write_atom(self, value: bool | None) -> bool:
        self.tail.append(_NO_VALUE if value is None else _YES if value else _NO)
        return True

    def write_int(self, value: int) -> bool:
        if not -(2**63) <= value < 2**63:
            return False
        self.tail += _INT.pack(_WHOLE, value)
        return True

    def write_float(self, value: float) -> bool:
        self.tail += _FLOAT.pack(_REAL, value)
        return True

    def write_str(self, value: str) -> bool:
        data = value.encode("utf-8", "replace")
        self.tail += _COUNTED.pack(_TEXT, len(data)) + data
        return True

    def write_sequence(self, value: list[Any] | tuple[Any, ...]) -> bool:
        if self.depth >= MAX_DEPTH:
            return False
        items = tuple(value)  # a list may change while its elements are looked at
        is_list = type(value) is list
        if is_list and len(items) >= ROWS and type(items[0]) is list and self.write_table(items):
            return True
        tag = _LIST if is_list else _TUPLE
        self.tail += _COUNTED.pack(tag, min(len(items), 2**32 - 1))
        self.depth += 1
        for item in items:
            if type(item) is _NDARRAY and self.nodes < MAX_NODES and self.write_array(item):
                self.nodes += 1
            else:
                self.value(item)
        self.depth -= 1
        return True

    def write_table(self, rows: tuple[Any, ...]) -> bool:
        """Whether the elements of a list are such that they can be written as a table; then they are."""
        width = len(rows[0])
        nodes = self.nodes + len(rows) * (width + 1)
        if not width or nodes > MAX_NODES or self.depth + 1 >= MAX_DEPTH:
            return False
        if any(type(row) is not list or len(row) != width for row in rows):
            return False
        columns = tuple(zip(*rows, strict=True))
        if not all(map(_is_column, columns)):
            return False
        self.tail += _SIZES.pack(Tag.TABLE, len(rows), width)
        for column in columns:
            first, tail = column[0], self.tail
            tail += _HEAD[first.ndim].pack(_CODE[first.dtype], first.ndim, *first.shape)
            tail += _PADDING[(self.size + len(tail)) % ALIGN]
            tail += np.concatenate(column, axis=None).view(np.uint8).data
        self.nodes = nodes
        return True

    def write_dict(self, value: dict[Any, Any]) -> bool:
        items = tuple(value.items())
        if self.depth >= MAX_DEPTH or {type(key) for key, _ in items} - _KEYS:
            return False
        self.tail += _COUNTED.pack(_DICT, min(len(items), 2**32 - 1))
        self.depth += 1
        for key, item in items:
            self.text(key)
            self.value(item)
        self.depth -= 1
        return True

    def write_array(self, value: np.ndarray[Any, Any]) -> bool:
        code = _CODE.get(value.dtype)
        if code is not None and value.nbytes <= _INLINE and value.ndim <= MAX_NDIM:  # as `raw` does, faster
            tail = self.tail
            tail += _TAGGED[value.ndim].pack(_ARRAY, code, value.ndim, *value.shape)
            tail += _PADDING[(self.size + len(tail)) % ALIGN]
            tail += value.tobytes()
            return True
        self.tail.append(_ARRAY)
        if self.raw(value):
            return True
        self.tail.pop()
        return False

    def write_scalar(self, value: np.generic[Any]) -> bool:
        self.tail.append(Tag.SCALAR)
        return self.raw(np.asarray(value))

    def write_tensor(self, value: Tensor) -> bool:
        self.tail += bytes((Tag.TENSOR, bool(value.requires_grad)))
        if self.raw(value.array):
            return True
        del self.tail[-2:]
        return False

    def write_handle(self, value: Handle) -> bool:
        self.tail.append(Tag.HANDLE)
        self.tail += COUNT.pack(value.id) + bytes((HANDLE_KINDS.index(value.kind),))
        return True

    def write_stub(self, value: Stub) -> bool:
        self.tail.append(Tag.STUB)
        self.tail += COUNT.pack(value.id)
        self.text(value.name)
        return True

    def write_rng(self, value: Rng) -> bool:
        self.tail.append(Tag.RNG)
        self.tail += ID.pack(value.seed)
        return True

    def write_opaque(self, value: Opaque) -> bool:
        self.tail.append(Tag.OPAQUE)
        self.text(value.type_name[:MAX_TYPE_NAME])
        return True


def _is_column(arrays: tuple[Any, ...]) -> bool:
    """Whether they are small arrays of one dtype and shape, but not tiny."""
    first = arrays[0]
    if type(first) is not _NDARRAY or first.dtype not in _CODE:
        return False
    if not CELL <= first.nbytes <= _INLINE or first.ndim > MAX_NDIM:
        return False
    dtype, shape = first.dtype, first.shape
    for one in arrays:
        if type(one) is not _NDARRAY or one.shape != shape:
            return False
        if one.dtype is not dtype and one.dtype != dtype:
            return False
    return True


_WRITERS: dict[type, Callable[[_Encoder, Any], bool]] = {
    type(None): _Encoder.write_atom,
    bool: _Encoder.write_atom,
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
