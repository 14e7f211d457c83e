"""The course map and the lessons; both can be read without an account."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from courseapp.accounts.access import reader
from courseapp.exercises.queries import exercise_rows
from courseapp.lessons import queries
from courseapp.lessons.models import Course, Unit
from courseapp.lessons.overview import overview
from courseapp.lessons.rendering import Part, render_lesson


def course_map(request: HttpRequest) -> HttpResponse:
    """The landscape, where the reader left off, and the contents."""
    course = queries.course_map(reader(request))
    context = {"section": "course", "map": course, "overview": overview(course)}
    return render(request, "lessons/course_map.html", context)


def lesson(request: HttpRequest, number: int) -> HttpResponse:
    """One unit's lesson, or the word that it is in preparation."""
    try:
        page = queries.unit_page(reader(request), number)
    except Unit.DoesNotExist as error:
        raise Http404 from error
    context: dict[str, Any] = {"section": "course", "unit": page.unit, "exercises": page.exercises}
    if page.lesson is None:
        return render(request, "lessons/in_preparation.html", context)
    rendered = render_lesson(page.lesson.source, unit=number)
    cards = {row.slug: row for row in page.exercises}
    context |= {
        "lesson": rendered,
        "parts": [_filled(part, cards, page.exercises) for part in rendered.parts],
        "previous": page.previous,
        "next": page.next,
    }
    return render(request, "lessons/lesson.html", context)


def taster(request: HttpRequest) -> HttpResponse:
    """Half an hour for people who only look."""
    try:
        source = queries.taster()
    except Course.DoesNotExist as error:
        raise Http404 from error
    cards = {row.slug: row for row in exercise_rows(reader(request))}
    rendered = render_lesson(source, unit=None)
    parts = [_filled(part, cards, ()) for part in rendered.parts]
    context = {"section": "course", "lesson": rendered, "parts": parts}
    return render(request, "lessons/taster.html", context)


def _filled(part: Part, cards: dict[str, Any], exercises: tuple[Any, ...]) -> dict[str, Any]:
    return {"kind": part.kind, "html": part.html, "exercise": cards.get(part.slug), "exercises": exercises}
