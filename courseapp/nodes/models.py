"""The machines that grade."""

from django.db import models


class Node(models.Model):
    """One worker process, as it last reported itself."""

    name = models.CharField(max_length=200, unique=True)
    heartbeat = models.DateTimeField()
    level = models.CharField(max_length=16)
    grading = models.BooleanField(default=False)
    reason = models.TextField(blank=True, help_text="Why it does not grade.")
    queues = models.JSONField(default=list)
    runtimes = models.JSONField(default=list)
    device = models.CharField(max_length=200, blank=True)
    report = models.JSONField(default=dict)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
