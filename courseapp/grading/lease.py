"""Keeps a claim alive while its submission is being graded."""

import threading
from types import TracebackType

import structlog
from django.conf import settings
from django.db import DatabaseError, connection

from courseapp.grading import actions
from courseapp.submissions.models import Submission

log = structlog.get_logger(__name__)


class Lease:
    """Renews the lease three times in each of its lengths, from a thread of its own, until left."""

    def __init__(self, submission: Submission) -> None:
        self._submission = submission
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
        try:
            while not self._left.wait(settings.GRADING_LEASE_SECONDS / 3):
                if not self._try():
                    return
        finally:
            connection.close()

    def _try(self) -> bool:
        try:
            return actions.renew_lease(submission=self._submission)
        except DatabaseError as error:  # the next round may find it back
            log.warning("lease_not_renewed", submission=str(self._submission.pk), error=str(error))
            return True
