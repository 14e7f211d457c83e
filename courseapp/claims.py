"""Work for one worker at a time: taken by a conditional update, held by a lease, ended by its token.

A token that has been taken away matches no row, so a worker that was thought dead and comes back can
change nothing. The row is the truth; what travels through the broker is a nudge.
"""

import uuid
from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from courseapp.errors import LostClaim

QUEUED, RUNNING, HELD = "queued", "running", "held"


class Claimable(models.Model):
    """A row that waits (`queued`), is worked on (`running`), and then has a status of its own kind.

    `claim` is the token of the worker that holds it until `lease_until`.
    """

    status = models.CharField(max_length=16, default=QUEUED)
    claim = models.UUIDField(null=True, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    enqueued = models.DateTimeField(null=True, blank=True, help_text="When a worker was last told of it.")
    created = models.DateTimeField(auto_now_add=True)
    started = models.DateTimeField(null=True, blank=True)
    finished = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @classmethod
    def take(cls, pk: Any) -> bool:
        """Claim a queued row. False: somebody else has it, or it no longer waits."""
        changes = {"claim": uuid.uuid4(), "lease_until": lease_end(), "started": timezone.now()}
        waiting = cls._default_manager.filter(pk=pk, status=QUEUED)
        return bool(waiting.update(status=RUNNING, attempts=F("attempts") + 1, **changes))

    def renew(self) -> bool:
        """Push the end of the lease out. False: the claim is lost, and the work with it."""
        return bool(self._mine().update(lease_until=lease_end()))

    def let_go(self, *, status: str, expired: bool = False, **changes: Any) -> None:
        """End the claim, with what became of the work; `expired`: only if its lease has run out.

        Raises LostClaim when it has been taken away, or renewed.
        """
        ended = None if status in (QUEUED, HELD) else timezone.now()
        rows = self._mine().filter(lease_until__lt=timezone.now()) if expired else self._mine()
        if not rows.update(status=status, claim=None, lease_until=None, finished=ended, **changes):
            raise LostClaim(f"{self._meta.model_name} {self.pk}")

    @property
    def last_attempt(self) -> bool:
        """Whether another failure of ours ends it."""
        return self.attempts >= settings.GRADING_MAX_ATTEMPTS

    @classmethod
    def expired(cls) -> list[Self]:
        """Rows whose worker has not renewed its lease: it died, or lost the database."""
        return list(cls._default_manager.filter(status=RUNNING, lease_until__lt=timezone.now()))

    @classmethod
    def unheard(cls) -> models.QuerySet[Self]:
        """Rows that have waited so long since their last nudge that it may be lost."""
        late = timezone.now() - timedelta(seconds=settings.GRADING_LOST_AFTER_SECONDS)
        missed = Q(enqueued__isnull=True, created__lt=late) | Q(enqueued__lt=late)
        return cls._default_manager.filter(missed, status=QUEUED)

    def _mine(self) -> models.QuerySet[Self]:
        return type(self)._default_manager.filter(pk=self.pk, status=RUNNING, claim=self.claim)


def lease_end() -> Any:
    """When a lease that is given now runs out."""
    return timezone.now() + timedelta(seconds=settings.GRADING_LEASE_SECONDS)
