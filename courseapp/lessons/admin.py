"""Lessons in the admin: their Markdown, checked by rendering it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextareaWidget

from courseapp.admin_site import ReadOnlyAdmin
from courseapp.lessons import actions
from courseapp.lessons.models import Lesson, Unit
from courseapp.lessons.rendering import LessonError


class LessonForm(forms.ModelForm):  # type: ignore[type-arg] # Django's own takes none
    """One large field."""

    source = forms.CharField(
        strip=False,
        widget=UnfoldAdminTextareaWidget(attrs={"class": "code", "rows": 40, "spellcheck": "true"}),
        help_text="Markdown with $mathematics$, figures and fragments; docs/authoring.md has the rules.",
    )

    class Meta:
        model = Lesson
        fields = ("source",)

    def clean_source(self) -> str:
        """The text with plain line ends, once it has rendered."""
        source = str(self.cleaned_data["source"]).replace("\r\n", "\n")
        try:
            actions.check(lesson=self.instance, source=source)
        except LessonError as error:
            raise forms.ValidationError(str(error)) from error
        return source


@admin.register(Lesson)
class LessonAdmin(ModelAdmin):
    """Lessons are made by load_course and edited here."""

    form = LessonForm
    list_display = ("unit", "updated")
    readonly_fields = ("unit", "updated")
    fields = ("unit", "updated", "source")
    ordering = ("unit__number",)
    list_select_related = ("unit",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A unit's lesson begins as a file."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Emptied, not deleted."""
        return False

    def save_model(self, request: HttpRequest, obj: Lesson, form: LessonForm, change: bool) -> None:
        """By the same action as everybody else."""
        actions.edit_lesson(lesson=obj, source=form.cleaned_data["source"])

    def view_on_site(self, obj: Lesson) -> str:
        """The lesson's page."""
        return reverse("lesson", args=[obj.unit.number])


@admin.register(Unit)
class UnitAdmin(ReadOnlyAdmin):
    """Units come from course.toml."""

    list_display = ("number", "title", "slug")
    list_display_links = ("title",)
