"""What students hand in. The row is the truth about its place in the queue; the broker only nudges."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from courseapp.claims import Claimable
from courseapp.exercises.models import Exercise, ExerciseVersion


class Submission(Claimable):
    """A student's code, waiting for its verdict, being graded, or graded.

    queued → running → done, or back to queued when a worker is lost; error when we gave up; held when the
    author's code is broken.
    """

    class Kind(models.TextChoices):
        SUBMIT = "submit"
        RUN = "run"  # the visible examples of an exercise
        FRAGMENT = "fragment"  # a lesson's code, without an exercise
        RACE = "race"  # a copy of a passed submission, on a landscape

    class Status(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        HELD = "held"
        ERROR = "error"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="submissions"
    )
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.SUBMIT)
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, null=True, related_name="submissions")
    version = models.ForeignKey(
        ExerciseVersion, on_delete=models.PROTECT, null=True, related_name="submissions"
    )
    number = models.PositiveIntegerField(
        null=True, help_text="Counted for each student and exercise, from 1."
    )
    source = models.TextField()
    heat = models.JSONField(default=dict, blank=True, help_text="What a race is run on: grader.Heat.")
    runtime = models.CharField(max_length=16)
    queue = models.CharField(max_length=16, default="cpu")
    status = models.CharField(max_length=16, choices=Status, default=Status.QUEUED)
    remark = models.TextField(blank=True, help_text="Why it is held or given up; for staff.")

    class Meta:
        ordering = ["-created"]
        constraints = [
            models.UniqueConstraint(
                fields=["student", "exercise", "number"],
                condition=Q(number__isnull=False),
                name="numbered_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="fragment") | Q(version__isnull=False), name="graded_by_a_version"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "queue", "created"]),
            models.Index(fields=["student", "exercise", "-created"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def final(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.status in {self.Status.DONE, self.Status.ERROR}


class Bundle(Claimable):
    """What a student takes home of a verdict, once asked for; made by a worker, kept for a day."""

    class Status(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        READY = "ready"
        ERROR = "error"

    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, related_name="bundle")
    status = models.CharField(max_length=16, choices=Status, default=Status.QUEUED)
    archive = models.BinaryField(null=True, help_text="A zip.")
    remark = models.TextField(blank=True, help_text="Why there is none; for staff.")

    def __str__(self) -> str:
        return f"Bundle of {self.submission}"

    @property
    def waits(self) -> bool:
        """Whether a worker has still to make it."""
        return self.status in {self.Status.QUEUED, self.Status.RUNNING}


class Draft(models.Model):
    """What a student has in the editor."""

    student = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="drafts")
    source = models.TextField(blank=True)
    saved = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["student", "exercise"], name="one_draft_each")]

    def __str__(self) -> str:
        return f"{self.exercise} by {self.student}"
