"""The fixed-size messages between judge and template; the template parses nothing else.

Order: judge to template; a box's comes with the descriptors that it keeps, in the order of `KEPT`.
Report: template to judge; STARTED comes with a pidfd.
"""

from __future__ import annotations

import struct
from enum import IntEnum
from typing import Final, NamedTuple

_ORDER: Final = struct.Struct("<9Q")
_REPORT: Final = struct.Struct("<Bxxx i 5Q")
IDENTITY: Final = struct.Struct("<8x Q")  # the box of an order
BOUNDS: Final = IDENTITY.size  # where its bounds begin
# a box's descriptors, once all others are closed
OUTPUT: Final = 1  # and 2, what it prints
CHANNEL: Final = 3  # its socket
INCOMING: Final = 4  # large arrays of the judge's, to be read
OUTGOING: Final = 5  # its own large arrays
KEPT: Final = (OUTPUT, CHANNEL, INCOMING, OUTGOING)
DEVICE_THREADS: Final = 64  # that a box with a device may have: its driver starts some
ORDER_SIZE: Final = _ORDER.size
REPORT_SIZE: Final = _REPORT.size


class Work(IntEnum):
    """What an order asks for."""

    BOX = 1
    BARE = 2  # fork, exit, reap, and nothing else: what a box would cost without isolation


class Order(NamedTuple):
    """Fork a box with these bounds (bytes, seconds, counts)."""

    work: Work
    box: int
    data_bytes: int  # RLIMIT_DATA
    space_bytes: int  # RLIMIT_AS
    cpu_seconds: int
    disk_bytes: int
    file_bytes: int  # RLIMIT_FSIZE
    inodes: int
    descriptors: int  # RLIMIT_NOFILE

    def pack(self) -> bytes:
        """Its bytes."""
        return _ORDER.pack(*self)

    @classmethod
    def unpack(cls, data: bytes) -> Order:
        """The order in `data`."""
        work, *rest = _ORDER.unpack(data)
        return cls(Work(work), *rest)


class News(IntEnum):
    """What a report says."""

    READY = 1  # warm: the template's own data and address space, and the memory of a process it forks
    STARTED = 2
    ENDED = 3  # status as wait4 gives it, processor time, peak memory
    BARE = 4  # wall time from fork to reaped


class Report(NamedTuple):
    """One line of a template's life."""

    news: News
    status: int = 0
    box: int = 0
    us: int = 0
    memory_kib: int = 0
    data_kib: int = 0
    space_kib: int = 0

    def pack(self) -> bytes:
        """Its bytes."""
        return _REPORT.pack(*self)

    @classmethod
    def unpack(cls, data: bytes) -> Report:
        """The report in `data`."""
        news, *rest = _REPORT.unpack(data)
        return cls(News(news), *rest)


def report(news: int, box: int, status: int = 0, us: int = 0, memory_kib: int = 0) -> bytes:
    """The bytes of a report of one box, without the objects of which `Report` consists."""
    return _REPORT.pack(news, status, box, us, memory_kib, 0, 0)
