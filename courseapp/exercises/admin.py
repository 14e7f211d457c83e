"""Exercises in the admin: the files of a draft, the gate's report, publishing, and the next draft."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from unfold.admin import ModelAdmin, TabularInline

from courseapp.accounts.models import User
from courseapp.admin_site import ReadOnlyAdmin
from courseapp.errors import NablaError
from courseapp.exercises import actions
from courseapp.exercises.forms import VersionForm, version_form
from courseapp.exercises.models import Exercise, ExerciseVersion, GateRun


@admin.display(description="submissions", ordering="graded")
def submissions(version: ExerciseVersion) -> str:
    """Whether there are any. A tick or a cross would look like a result."""
    return "some" if version.graded else "none yet"


@admin.display(description="version")
def opened(version: ExerciseVersion) -> str:
    """A link to it."""
    return format_html(
        '<a href="{}" class="text-primary-600 dark:text-primary-500">version {}</a>',
        _address(version),
        version.number,
    )


FACTS = ("exercise", "number", "state", submissions, "digest", "created")


class VersionInline(TabularInline):
    """An exercise's versions, to open."""

    model = ExerciseVersion
    fields = readonly_fields = (opened, "state", submissions, "created")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A version begins as a draft of another."""
        return False


@admin.register(Exercise)
class ExerciseAdmin(ReadOnlyAdmin):
    """The place in the course; what can be edited is in its versions."""

    list_display = ("number", "title", "unit", "published_number", "points", "flagged")
    list_display_links = ("title",)
    list_filter = ("unit",)
    list_select_related = ("unit", "published")
    search_fields = ("title", "slug")
    fields = ("number", "slug", "title", "unit", "summary", "points", "published", "flagged")
    inlines = (VersionInline,)

    @admin.display(description="published", ordering="published__number")
    def published_number(self, obj: Exercise) -> str:
        """The number of the version that students see."""
        return f"version {obj.published.number}" if obj.published else "not published"

    def view_on_site(self, obj: Exercise) -> str:
        """The exercise's page."""
        return reverse("exercise", args=[obj.slug])


@admin.register(ExerciseVersion)
class ExerciseVersionAdmin(ModelAdmin):
    """A draft is edited here; what was published or graded can be read, gated, and drafted anew."""

    list_display = ("exercise", "number", "state", submissions, "created")
    list_filter = ("state", "exercise")
    search_fields = ("exercise__title", "exercise__slug")
    list_select_related = ("exercise",)
    ordering = ("exercise__number", "-number")
    readonly_fields = FACTS

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A version begins as a draft of another."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Versions stay, so that every verdict keeps the files it was made with."""
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """A field for each file."""
        return version_form(obj)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Facts above, files below."""
        form = version_form(obj)
        files = [*form.paths, *([] if obj.immutable else ["new_path", "new_text"])]
        return [(None, {"fields": FACTS}), ("Files", {"fields": files})]

    def get_urls(self) -> list[URLPattern]:
        """And the gate's report alone, for the page to look again."""
        gate = path("<int:pk>/gate/", self.admin_site.admin_view(self.gate_view), name="exercise_gate")
        return [gate, *super().get_urls()]

    def gate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The newest run of the gate on this version."""
        version = get_object_or_404(ExerciseVersion, pk=pk)
        if not self.has_view_permission(request, version):
            raise PermissionDenied
        return render(request, "admin/exercises/_gate.html", _gate_context(version))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """With the gate's report, and without Save where nothing can be saved."""
        version = self.get_object(request, object_id)
        context = {"show_save_and_add_another": False, **(extra_context or {})}
        if version is not None:
            context |= _gate_context(version)
            context |= {"show_save": not version.immutable, "show_save_and_continue": not version.immutable}
        response: HttpResponse = super().change_view(request, object_id, form_url, context)
        return response

    def save_model(self, request: HttpRequest, obj: ExerciseVersion, form: VersionForm, change: bool) -> None:
        """By the same action as everybody else; a frozen version is posted by its buttons only."""
        if obj.immutable or not form.has_changed():
            return
        try:
            actions.edit_draft(version=obj, files=form.texts)
        except NablaError as error:
            messages.error(request, str(error))

    def response_change(self, request: HttpRequest, obj: ExerciseVersion) -> HttpResponse:
        """The buttons above the form act on what has just been saved."""
        obj.refresh_from_db()
        for name, press in self._buttons().items():
            if name in request.POST:
                try:
                    target = press(request, obj)
                except NablaError as error:
                    messages.error(request, str(error))
                    target = obj
                return HttpResponseRedirect(_address(target))
        response: HttpResponse = super().response_change(request, obj)
        return response

    def _buttons(self) -> dict[str, Any]:
        return {"_gate": _run_gate, "_publish": _publish, "_draft": _new_draft}


def _run_gate(request: HttpRequest, version: ExerciseVersion) -> ExerciseVersion:
    user = request.user if isinstance(request.user, User) else None
    actions.start_gate(version=version, requested_by=user)
    messages.info(request, "The gate is queued; its report appears here.")
    return version


def _publish(request: HttpRequest, version: ExerciseVersion) -> ExerciseVersion:
    actions.publish_gated(version=version)
    messages.success(request, "Published. Students now work on this version.")
    return version


def _new_draft(request: HttpRequest, version: ExerciseVersion) -> ExerciseVersion:
    draft = actions.new_draft(version=version)
    messages.success(request, f"A draft of version {draft.number}. Nobody sees it until it is published.")
    return draft


def _gate_context(version: ExerciseVersion) -> dict[str, Any]:
    run = version.gate_runs.first()
    live = run is not None and run.status in (GateRun.Status.QUEUED, GateRun.Status.RUNNING)
    return {
        "version": version,
        "gate_run": run,
        "gate_live": live,
        "gate_current": run is not None and run.digest == version.digest,
    }


def _address(version: ExerciseVersion) -> str:
    return reverse("admin:exercises_exerciseversion_change", args=[version.pk])
