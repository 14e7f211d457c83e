"""The course, its units and their lessons."""

from django.db import models


class Course(models.Model):
    """The one course of this site."""

    title = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    taster = models.TextField(blank=True, help_text="Markdown; empty if the course has none.")

    def __str__(self) -> str:
        return self.title


class Unit(models.Model):
    """A part of the course: one lesson and its exercises."""

    number = models.PositiveSmallIntegerField(unique=True)
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    about = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Lesson(models.Model):
    """The text of a unit, in Markdown with the conventions of docs/authoring.md."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="lesson")
    source = models.TextField()
    updated = models.DateTimeField(auto_now=True)
    loaded = models.CharField(
        max_length=64, blank=True, help_text="Digest of the file last loaded from a folder."
    )

    def __str__(self) -> str:
        return f"Lesson {self.unit}"
