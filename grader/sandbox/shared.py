"""The judge's end of the memory beside the frames."""

from __future__ import annotations

import fcntl
import os
from typing import Any

import numpy as np

from grader.outcome import Outcome
from grader.sandbox.inside.memory import Memory
from grader.sandbox.inside.wire import WireError
from grader.sandbox.link import BoxEnd, megabytes
from grader.sandbox.reply import Ended

_NOEXEC_SEAL = 0x8  # MFD_NOEXEC_SEAL, Linux 6.3
_SEALED = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW


class SharedMemory(Memory):
    """Two files in memory: the judge's, which the box gets for reading only, and the box's, of a fixed size.

    The box can write to its file at any time, also while the judge reads: what is judged is the copy.
    """

    def __init__(self, *, most: int) -> None:
        """`most` bytes travel from the box in one message."""
        ours, theirs = _file("to-box"), _file("from-box")
        os.ftruncate(theirs, most)
        fcntl.fcntl(theirs, fcntl.F_ADD_SEALS, _SEALED)
        super().__init__(incoming=theirs, outgoing=ours)
        self.most = self.size = most
        self.readable = os.open(f"/proc/self/fd/{ours}", os.O_RDONLY | os.O_CLOEXEC)

    def fetch(self, offset: int, size: int) -> np.ndarray[Any, Any]:
        """A copy of what the box refers to, when that is there and is not beyond `most`."""
        total = self.fetched + size
        if total > self.most:
            raise BoxEnd(Ended(Outcome.MESSAGE_LIMIT, megabytes(self.most), megabytes(total)))
        if offset + size > self.size:
            raise WireError("beyond the memory")
        return super().fetch(offset, size)

    def close(self) -> None:
        """Close the judge's descriptors."""
        for fd in (self.incoming, self.outgoing, self.readable):
            os.close(fd)


def _file(name: str) -> int:
    flags = os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING
    try:
        return os.memfd_create(name, flags | _NOEXEC_SEAL)
    except OSError:  # an older kernel
        return os.memfd_create(name, flags)
