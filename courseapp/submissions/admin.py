"""Submissions in the admin: to look at. What becomes of them is the queue's business."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from courseapp.admin_site import ReadOnlyAdmin
from courseapp.grading.actions import retry
from courseapp.submissions.models import Submission


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    """Newest first; the verdict is on the submission's own page."""

    list_display = ("created", "student", "exercise", "number", "kind", "status", "score", "attempts")
    list_filter = ("status", "kind", "exercise")
    list_select_related = ("student", "exercise", "verdict")
    search_fields = ("id", "student__username")
    fields = (
        *("id", "student", "kind", "exercise", "version", "number", "runtime", "queue", "status", "score"),
        *("attempts", "remark", "created", "enqueued", "started", "finished", "lease_until", "source"),
    )
    readonly_fields = ("score",)
    actions = ("try_again",)

    @admin.display(description="score")
    def score(self, obj: Submission) -> str:
        """Points of the verdict, if there is one."""
        verdict = getattr(obj, "verdict", None)
        return f"{verdict.points} of {verdict.max_points}" if verdict else "–"

    def view_on_site(self, obj: Submission) -> str:
        """Where the verdict is shown."""
        return reverse("submission", args=[obj.pk])

    def has_operate_permission(self, request: HttpRequest) -> bool:
        """Operators only; an instructor mends the exercise instead."""
        return bool(request.user.is_superuser)

    @admin.action(description="Grade once more what was given up or is held", permissions=["operate"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Submission]) -> None:
        """Dead letters, retried."""
        count = sum(retry(submission=submission) for submission in queryset)
        messages.success(request, f"{count} queued again; the others had neither been given up nor held.")

    def get_queryset(self, request: HttpRequest) -> Any:
        """What students handed in, not the runs that are gone tomorrow."""
        return super().get_queryset(request).filter(kind=Submission.Kind.SUBMIT)
