"""Large arrays beside the frames: two files in memory that the judge made, one for each direction.

The box may read the one and write to the other; neither end maps them. Who receives copies at once, and the
sender starts again at the beginning with its next message.
"""

from __future__ import annotations

import os
from typing import Any

import numpy as np

from .wire import Buffer, WireError

LARGE = 1 << 18  # bytes from which an array travels so
_PAGE = 4096


class Memory:
    """The end that writes to `outgoing` and reads from `incoming`; the file of the box's side cannot grow."""

    def __init__(self, *, incoming: int, outgoing: int) -> None:
        self.incoming, self.outgoing = incoming, outgoing
        self.stored = self.fetched = 0  # bytes of the message that is being sent, or received

    def store(self, data: Buffer) -> int | None:
        """Where `data` lies now; None when there is no room for it."""
        start = -(-self.stored // _PAGE) * _PAGE
        rest, place = memoryview(data), start
        try:
            while rest:
                written = os.pwrite(self.outgoing, rest, place)
                rest, place = rest[written:], place + written
        except OSError:  # the file is sealed at its size; the judge looks at that of the frame
            return None
        self.stored = place
        return start

    def fetch(self, offset: int, size: int) -> np.ndarray[Any, Any]:
        """A copy of the bytes at `offset`."""
        self.fetched += size
        data = np.empty(size, np.uint8)
        rest = data.data
        while rest:
            count = os.preadv(self.incoming, [rest], offset)  # where it stands is for the box to move, too
            if count == 0:
                raise WireError("beyond the memory")
            rest, offset = rest[count:], offset + count
        return data
