"""Keeps a claim alive while its row is being worked on."""

import os
import threading
import time
from types import TracebackType

import structlog
from django.conf import settings
from django.db import DatabaseError, connection

from courseapp.claims import Claimable

log = structlog.get_logger(__name__)

STUCK = 70  # the exit status, EX_SOFTWARE


class Lease:
    """Renews the lease three times in each of its lengths, from a thread of its own, until left.

    A judge that never comes back must not hold a submission for ever. After GRADING_LONGEST_SECONDS the whole
    process ends, its supervisor starts another, and the claim runs out like that of any dead worker.
    """

    def __init__(self, row: Claimable) -> None:
        self._row = row
        self._left = threading.Event()
        self._thread = threading.Thread(target=self._renew, name="lease", daemon=True)

    def __enter__(self) -> "Lease":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._left.set()
        self._thread.join()

    def _renew(self) -> None:
        deadline = time.monotonic() + settings.GRADING_LONGEST_SECONDS
        try:
            while not self._left.wait(settings.GRADING_LEASE_SECONDS / 3):
                if time.monotonic() > deadline:
                    log.critical("judge_hangs", row=str(self._row.pk))
                    os._exit(STUCK)
                if not self._try():
                    return
        finally:
            connection.close()

    def _try(self) -> bool:
        try:
            return self._row.renew()
        except DatabaseError as error:  # the next round may find it back
            log.warning("lease_not_renewed", row=str(self._row.pk), error=str(error))
            connection.close()
            return True
