"""The frames between judge and box, and the names of what is in them.

A frame is magic, version, kind, nonce and length, then that many bytes. The nonce of a request is random
and comes back in its answer, so nothing can be answered before it was asked. The payload is one value:
a tag, then what the tag says (`encoding`, `decoding`); array bytes start at multiples of `ALIGN` (in a table
those of the first in each column), or lie beside the frame (`memory`), where the dtype is marked `BESIDE`.
"""

from __future__ import annotations

import struct
from enum import IntEnum
from typing import Final

import numpy as np

from .values import DTYPES, Handle, Opaque, Rng, Stub, Tensor

MAGIC: Final = b"Nb"
VERSION: Final = 1
HEADER: Final = struct.Struct("<2sBBQQ")  # magic, version, kind, nonce, length
ALIGN: Final = 16
BESIDE: Final = 0x80
ROWS: Final = 3  # of a table, at least
CELL: Final = 8  # bytes of an array in a table, at least: it takes a hundred when it is decoded
INT: Final = struct.Struct("<q")
FLOAT: Final = struct.Struct("<d")
COUNT: Final = struct.Struct("<I")
ID: Final = struct.Struct("<Q")
DTYPE: Final = tuple(np.dtype(code).newbyteorder("<") for code in DTYPES)
HANDLE_KINDS: Final = ("object", "callable", "array")


class WireError(ValueError):
    """The bytes are no frame or no value, or a value is too large to be sent."""


class Kind(IntEnum):
    """What a frame carries; the payload is always one value."""

    # box to judge
    READY = 1  # confined, and waiting; without a payload
    FAULT = 2  # the step at which isolation failed; believed only instead of READY
    ANSWER = 3  # (value, aliases input, changed inputs, warnings)
    RAISED = 4  # (category, type name, message, frames)
    CALL = 5  # (stub id, arguments)
    OVERFLOW = 6  # more values than a message may hold
    # judge to box
    REQUEST = 16  # (operation, its parameters)
    RESULT = 17  # what the stub returns
    REFUSED = 18  # the message of the exception that the stub raises
    REQUEST_IN_ROW = 19  # likewise; others follow before the answer is looked into: nothing lies beside it


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
    TABLE = 16  # a list of lists of small arrays, of which those in one column have one dtype and shape


Extension = Tensor | Handle | Stub | Rng | Opaque
Buffer = bytes | bytearray | memoryview


def header(kind: int, nonce: int, length: int) -> bytes:
    """The header of a frame."""
    return HEADER.pack(MAGIC, VERSION, kind, nonce, length)


def frame(kind: int, nonce: int, payload: list[Buffer]) -> list[Buffer]:
    """The buffers of a frame."""
    return [header(kind, nonce, sum(map(len, payload))), *payload]


_KINDS: Final = {int(kind): kind for kind in Kind}


def parse_header(data: Buffer) -> tuple[Kind, int, int]:
    """(kind, nonce, length) of a frame; WireError when it is none."""
    try:
        magic, version, kind, nonce, length = HEADER.unpack(data)
        if magic != MAGIC or version != VERSION:
            raise WireError("not a frame")
        return _KINDS[kind], nonce, length
    except (struct.error, KeyError) as error:
        raise WireError("not a frame") from error
