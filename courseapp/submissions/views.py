"""A submission's page, the panel that follows it while it is graded, and a lesson's fragments."""

from collections.abc import AsyncIterator
from uuid import UUID

from asgiref.sync import sync_to_async
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courseapp.accounts.access import signed_in, student
from courseapp.accounts.models import User
from courseapp.errors import Refused
from courseapp.exercises.queries import ExerciseRow, exercise_page
from courseapp.lessons.highlight import python_lines
from courseapp.submissions import actions, queries, streams
from courseapp.submissions.facts import can_repeat, changes, history_of, panel_at, panel_of
from courseapp.submissions.models import Submission
from courseapp.submissions.queries import Progress
from courseapp.submissions.races import entrants_shown, sent_heat
from courseapp.submissions.refusals import refused, refused_status, sent_source


@signed_in
def submission(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """The page of one submission: its result, its code, and what changed."""
    row = _own(request, submission_id)
    if row.exercise is None or row.kind == Submission.Kind.RACE:
        raise Http404
    shown = panel_of(row)
    before, lines = (None, []) if shown.passed else changes(row)  # a passed panel shows it already
    context = {
        "section": "course",
        "submission": row,
        "exercise": row.exercise,
        "panel": shown,
        "code": python_lines(row.source.rstrip()),
        "repeats": can_repeat(row),
        "bundle": queries.bundle_of(row),
        "diff": {"lines": lines, "number": row.number, "previous": before} if before else None,
    }
    return render(request, "submissions/submission.html", context)


@signed_in
def panel(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """The result as it is now, for pages that cannot be streamed to."""
    row = _own(request, submission_id)
    return HttpResponse(_panel_html(queries.progress(row.pk)))


async def events(request: HttpRequest, submission_id: UUID) -> HttpResponse | StreamingHttpResponse:
    """The result after each change, as server-sent events, until it is final."""
    reader = await request.auser()
    if not isinstance(reader, User):
        return HttpResponse(status=401)
    try:
        row = await sync_to_async(queries.own)(reader, submission_id)
    except Submission.DoesNotExist as error:
        raise Http404 from error
    response = StreamingHttpResponse(_events(row.pk), content_type="text/event-stream")
    response["Cache-Control"] = "no-cache, no-transform"
    response["X-Accel-Buffering"] = "no"
    return response


@signed_in
def diff(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """What changed since the submission before."""
    row = _own(request, submission_id)
    before, lines = changes(row)
    context = {"lines": lines, "number": row.number, "previous": before}
    return render(request, "submissions/_diff.html", context)


@signed_in
def source(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """The code alone, for the editor."""
    return HttpResponse(_own(request, submission_id).source, content_type="text/plain; charset=utf-8")


@require_POST
@signed_in
def restore(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Put the code back into the editor."""
    row = _own(request, submission_id)
    if row.exercise is None:
        raise Http404
    actions.restore(student=student(request), submission=row)
    return redirect("exercise", row.exercise.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def bundle(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Ask for the bundle of a verdict, or see what became of it."""
    row = _own(request, submission_id)
    page = f"{reverse('submission', args=[row.pk])}#bundle"
    if request.method == "POST":
        try:
            actions.ask_for_bundle(submission=row)
        except Refused as refusal:
            return refused(request, refusal, back=page)
    if not getattr(request, "htmx", False):
        return redirect(page)
    made = queries.bundle_of(row)
    if made and made.waits and request.method == "GET":
        return HttpResponse(status=204)  # nothing to say yet: it asks again
    return render(request, "submissions/_bundle.html", {"submission": row, "bundle": made})


@signed_in
def bundle_zip(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """What the student takes home, once it is made."""
    row = _own(request, submission_id)
    archive = queries.archive_of(row)
    if archive is None or row.exercise is None:
        raise Http404
    response = HttpResponse(archive, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{row.exercise.slug}-{row.number}.zip"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@signed_in
def run_fragment(request: HttpRequest) -> HttpResponse:
    """Queue a lesson's fragment; the answer says where to follow it."""
    runtime = request.POST.get("runtime", "")
    try:
        row = actions.run_fragment(student=student(request), source=sent_source(request), runtime=runtime)
    except Refused as refusal:
        return _turned_down(refusal)
    return _followed(row)


@require_GET
@never_cache
def entrants(request: HttpRequest) -> HttpResponse:
    """Which of the reader's optimizers may race, and a sentence where none may."""
    mine = queries.entrants(student(request)) if request.user.is_authenticated else {}
    return JsonResponse(entrants_shown(mine, signed_in=request.user.is_authenticated))


@require_POST
@signed_in
def run_race(request: HttpRequest) -> HttpResponse:
    """Queue a race of the student's own optimizer; the answer says where to follow it."""
    try:
        row = actions.race_code(student=student(request), heat=sent_heat(request.POST))
    except Refused as refusal:
        return _turned_down(refusal)
    return _followed(row)


def _turned_down(refusal: Refused) -> JsonResponse:
    return JsonResponse({"sentence": str(refusal)}, status=refused_status(refusal))


def _followed(row: Submission) -> JsonResponse:
    where = {name: reverse(f"submission_{name}", args=[row.pk]) for name in ("events", "panel")}
    return JsonResponse(where, status=202)


def _own(request: HttpRequest, submission_id: UUID) -> Submission:
    try:
        return queries.own(student(request), submission_id)
    except Submission.DoesNotExist as error:
        raise Http404 from error


async def _events(submission_id: UUID) -> AsyncIterator[str]:
    last = ""
    async for progress in streams.follow(submission_id):
        html = await sync_to_async(_panel_html)(progress)
        if html == last:
            yield ": still here\n\n"
            continue
        last = html
        yield "event: panel\n" + "".join(f"data: {line}\n" for line in html.splitlines()) + "\n"


def _panel_html(progress: Progress) -> str:
    shown = panel_at(progress)
    if shown.kind == Submission.Kind.FRAGMENT:
        return render_to_string("submissions/_fragment.html", {"panel": shown})
    if shown.kind == Submission.Kind.RACE:
        return render_to_string("submissions/_race.html", {"panel": shown})
    context = {"panel": shown, "history": history_of(progress.submission), "row": _standing(progress)}
    return render_to_string("submissions/_panel.html", context)


def _standing(progress: Progress) -> ExerciseRow | None:
    """What the head of the exercise's page says once the verdict is there."""
    row = progress.submission
    if not row.final or row.exercise is None:
        return None
    return exercise_page(row.student, row.exercise.slug).row
