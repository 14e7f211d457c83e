"""The exercise page, and what its editor sends: drafts, runs and submissions."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

import grader
from courseapp.accounts.access import reader, signed_in, student
from courseapp.errors import Refused
from courseapp.exercises import presenting, queries
from courseapp.exercises.models import Exercise
from courseapp.nodes.queries import has_grader_for
from courseapp.submissions import actions
from courseapp.submissions.facts import history, panel_of
from courseapp.submissions.models import Submission
from courseapp.submissions.refusals import refused, refused_status, sent_source

Action = Callable[..., Submission]


def exercise(request: HttpRequest, slug: str) -> HttpResponse:
    """Statement, editor, and the latest result below."""
    page = _page(request, slug)
    task = presenting.task(page.row)
    context = {
        "section": "course",
        "page": page,
        "task": task,
        "exercise": page.row,
        "unit": page.exercise.unit,
        "hints": presenting.hints(page.row, request.GET.get("hints", "0")),
        "source": page.draft.source if page.draft else task.starter,
        "saved": page.draft.saved if page.draft else None,
        "panel": panel_of(page.latest) if page.latest else None,
        "history": history(page.submissions),
        "waits_for_gpu": page.row.needs_gpu and not has_grader_for(grader.Queue.GPU),
    }
    return render(request, "exercises/exercise.html", context)


def hints(request: HttpRequest, slug: str) -> HttpResponse:
    """One hint more."""
    page = _page(request, slug)
    shown = presenting.hints(page.row, request.GET.get("hints", "1"))
    return render(request, "exercises/_hints.html", {"exercise": page.row, "hints": shown})


@require_POST
@signed_in
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep what is in the editor."""
    try:
        actions.save_draft(student=student(request), exercise=_exercise(slug), source=sent_source(request))
    except Refused as refusal:
        return JsonResponse({"sentence": str(refusal)}, status=refused_status(refusal))
    return HttpResponse(status=204)


@require_POST
@signed_in
def submit(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand the code in for a verdict."""
    return _hand_in(request, slug, actions.submit_code)


@require_POST
@signed_in
def run(request: HttpRequest, slug: str) -> HttpResponse:
    """Run the visible examples."""
    return _hand_in(request, slug, actions.run_code)


def _hand_in(request: HttpRequest, slug: str, action: Action) -> HttpResponse:
    exercise = _exercise(slug)
    try:
        submission = action(student=student(request), exercise=exercise, source=sent_source(request))
    except Refused as refusal:
        return refused(request, refusal, back=request.build_absolute_uri(f"/exercises/{slug}/"))
    if not getattr(request, "htmx", False):
        return redirect("submission", submission.pk)
    page = queries.exercise_page(reader(request), slug)
    context = {"panel": panel_of(submission), "history": history(page.submissions), "exercise": page.row}
    return render(request, "submissions/_panel.html", context)


def _page(request: HttpRequest, slug: str) -> queries.ExercisePage:
    try:
        return queries.exercise_page(reader(request), slug)
    except Exercise.DoesNotExist as error:
        raise Http404 from error


def _exercise(slug: str) -> Exercise:
    return get_object_or_404(Exercise.objects.select_related("published"), slug=slug, published__isnull=False)
