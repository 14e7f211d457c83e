"""What a fork costs is pages: their entries, copied at once, and those that either side then writes to."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from dataclasses import dataclass

from . import kernel

_HUGE_PAGE = 2 << 20
_POOL = 1 << 14  # bytes that the interpreter's allocator divides into blocks of one size
_POOL_HEADER = 48
_SIZES = range(48, 513, 16)  # of blocks; those of 16 and 32 bytes hold no object
_BYTES_HEAD = 33  # bytes of an empty `bytes` object
_IN_A_ROW = 3  # blocks that show that a pool is new
_MOST = 100_000  # blocks of one size, should this interpreter allocate in another way

_blocks: list[bytes] = []  # what lies in the holes


@dataclass(frozen=True)
class _Mapping:
    start: int
    end: int
    access: str
    path: str  # empty for anonymous memory
    own_kib: int  # of it that is no file's


def fill_holes() -> None:
    """Take the free blocks between those in use, so that new objects lie together in new pools.

    What is made after this shares few pages with what is older. A hole of each size would otherwise lie on
    a page of its own, and a box that made objects of thirty sizes would copy thirty pages and more.
    """
    gc.collect()
    for size in _SIZES:
        row, last = 0, 0
        for _ in range(_MOST):
            block = bytes(size - _BYTES_HEAD)
            _blocks.append(block)
            place = id(block)
            if place % _POOL == _POOL_HEADER:
                row = 1
            elif row:
                row = row + 1 if place == last + size else 0
            if row == _IN_A_ROW:
                break
            last = place


def inherit_code(proc: int, *, below: str) -> None:
    """Have forks copy the page entries of the libraries there, of those pages that are used from now on.

    A fork leaves out the entries of a file's mapping, and the child then faults for each 64 KiB of code
    that it runs, unless a page of the mapping has ever been the process's own. So one page of each becomes
    that, for a moment, and all entries are given up: the next to be used are those that boxes need.
    """
    for one in _mappings(proc):
        # a library whose code was changed when it was loaded would lose that change
        if one.access == "r-xp" and one.path.startswith(below) and one.own_kib == 0:
            kernel.own_and_forget_code(one.start, one.end - one.start)


def collapse(proc: int) -> None:
    """Put this process's private memory on huge pages: a fork then copies far fewer entries."""
    for one in _mappings(proc):
        if one.access == "rw-p" and one.path in ("", "[heap]"):
            first = -(-one.start // _HUGE_PAGE) * _HUGE_PAGE
            if one.end - first >= _HUGE_PAGE:
                kernel.collapse(first, (one.end - first) // _HUGE_PAGE * _HUGE_PAGE)


def _mappings(proc: int) -> Iterator[_Mapping]:
    with open(os.open("self/smaps", os.O_RDONLY | os.O_CLOEXEC, dir_fd=proc), encoding="utf-8") as smaps:
        for line in smaps:
            words = line.split()
            if words[0][-1] != ":":
                span, access, path = words[0], words[1], " ".join(words[5:])
            elif words[0] == "Anonymous:":
                start, end = (int(part, 16) for part in span.split("-"))
                yield _Mapping(start, end, access, path, int(words[1]))
