"""The fixed-size messages between judge and template; the template parses nothing else.

Order: judge to template; a box's comes with two descriptors (its end of the socket, the end of its output pipe).
Report: template to judge; STARTED comes with a pidfd.
"""

from __future__ import annotations

import struct
from dataclasses import astuple, dataclass
from enum import IntEnum
from typing import Final

_ORDER: Final = struct.Struct("<10Q")
_REPORT: Final = struct.Struct("<Bxxx i 4Q")
ORDER_SIZE: Final = _ORDER.size
REPORT_SIZE: Final = _REPORT.size


class Work(IntEnum):
    """What an order asks for."""

    BOX = 1
    BARE = 2  # fork, exit, reap, and nothing else: what a box would cost without isolation


@dataclass(frozen=True)
class Order:
    """Fork a box with these bounds (bytes, seconds, counts)."""

    work: Work
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
        work, *rest = _ORDER.unpack(data)
        return cls(Work(work), *rest)


class News(IntEnum):
    """What a report says."""

    READY = 1  # the template is warm: data_kib and space_kib are its own size
    STARTED = 2
    ENDED = 3  # status as wait4 gives it, processor microseconds, peak memory in KiB
    BARE = 4  # microseconds from fork to reaped


@dataclass(frozen=True)
class Report:
    """One line of a template's life."""

    news: News
    status: int = 0
    box: int = 0
    us: int = 0  # ENDED: processor time; BARE: wall
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
