"""Exercises, their versions, and what the gate said of them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

import grader
from courseapp.claims import Claimable
from courseapp.errors import ImmutableVersion
from courseapp.lessons.models import Unit

MAX_PARSED = 512  # exercises kept in memory
_parsed: dict[str, grader.Exercise] = {}


class Exercise(models.Model):
    """A place in the course; what it asks is in its versions."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="exercises")
    number = models.PositiveSmallIntegerField(unique=True)
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=300, blank=True)
    points = models.PositiveSmallIntegerField(default=0)
    published = models.ForeignKey(
        "ExerciseVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    loaded = models.CharField(max_length=64, blank=True, help_text="Digest of the folder last loaded.")
    flagged = models.TextField(
        blank=True, help_text="What broke in the author's code while grading; empty is well."
    )

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class ExerciseVersion(models.Model):
    """The files of an exercise at one time. Immutable once published or graded."""

    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"
        RETIRED = "retired"

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    files = models.JSONField(help_text="{relative path: text}, as in the exercise's folder")
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=16, choices=State, default=State.DRAFT)
    graded = models.BooleanField(default=False, help_text="Some submission has been graded by this version.")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["exercise", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "number"], name="one_version_of_a_number"),
            models.UniqueConstraint(
                fields=["exercise"], condition=Q(state="published"), name="one_published_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exercise}, version {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The last guard of what the actions already keep: files of an immutable version stay."""
        stored = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        if stored and stored.immutable and (stored.files, stored.digest) != (self.files, self.digest):
            raise ImmutableVersion(f"{self} has been published or graded; make a new draft from it.")
        super().save(*args, **kwargs)

    @property
    def immutable(self) -> bool:
        """Whether its files may no longer change."""
        return self.graded or self.state != self.State.DRAFT

    @property
    def parsed(self) -> grader.Exercise:
        """The exercise in these files; raises `grader.ExerciseError` where they are not sound.

        Kept by digest, so that a page which lists the course reads no files: a query may defer them.
        """
        if self.digest not in _parsed:
            while len(_parsed) >= MAX_PARSED:
                _parsed.pop(next(iter(_parsed)))
            _parsed[self.digest] = grader.exercise_from_files(self.files)
        return _parsed[self.digest]

    @property
    def is_parsed(self) -> bool:
        """Whether `parsed` needs no files any more."""
        return self.digest in _parsed


class GateRun(Claimable):
    """One run of the gate on a version: every stored solution against its declared outcome."""

    class Status(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        PASSED = "passed"
        FAILED = "failed"
        ERROR = "error"

    version = models.ForeignKey(ExerciseVersion, on_delete=models.CASCADE, related_name="gate_runs")
    digest = models.CharField(max_length=64, help_text="The version's, when the run was asked for.")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    status = models.CharField(max_length=16, choices=Status, default=Status.QUEUED)
    report = models.JSONField(default=dict, blank=True)
    remark = models.TextField(blank=True, help_text="Why there is no report.")

    class Meta:
        ordering = ["-created"]

    def __str__(self) -> str:
        return f"Gate of {self.version}: {self.status}"
