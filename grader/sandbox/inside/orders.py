"""The fixed-size messages between judge and template; the template parses nothing else.

Order: judge to template, with two descriptors (the box's end of its socket, the end of its output pipe).
Report: template to judge; STARTED comes with a pidfd.
"""

from __future__ import annotations

import struct
from dataclasses import astuple, dataclass
from enum import IntEnum
from typing import Final

_ORDER: Final = struct.Struct("<9Q")
_REPORT: Final = struct.Struct("<2Bxx i 4Q")
ORDER_SIZE: Final = _ORDER.size
REPORT_SIZE: Final = _REPORT.size


@dataclass(frozen=True)
class Order:
    """Fork a box with these bounds (bytes, seconds, counts)."""

    box: int
    seed: int
    data_bytes: int  # RLIMIT_DATA
    space_bytes: int  # RLIMIT_AS
    cpu_seconds: int
    disk_bytes: int
    inodes: int
    descriptors: int
    stack_bytes: int

    def pack(self) -> bytes:
        """Its bytes."""
        return _ORDER.pack(*astuple(self))

    @classmethod
    def unpack(cls, data: bytes) -> Order:
        """The order in `data`."""
        return cls(*_ORDER.unpack(data))


class News(IntEnum):
    """What a report says."""

    READY = 1  # the template is warm: data_kib and space_kib are its own size
    STARTED = 2
    ENDED = 3  # status as wait4 gives it, processor microseconds, peak memory in KiB


@dataclass(frozen=True)
class Report:
    """One line of a template's life."""

    news: News
    level: int = 0
    status: int = 0
    box: int = 0
    cpu_us: int = 0
    first_kib: int = 0  # READY: VmData; ENDED: peak resident memory
    second_kib: int = 0  # READY: VmSize

    def pack(self) -> bytes:
        """Its bytes."""
        return _REPORT.pack(*astuple(self))

    @classmethod
    def unpack(cls, data: bytes) -> Report:
        """The report in `data`."""
        news, *rest = _REPORT.unpack(data)
        return cls(News(news), *rest)
