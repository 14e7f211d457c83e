"""The course as files again: what load_course read, and what was edited since."""

import json
from typing import Any

from courseapp.exercises.models import Exercise
from courseapp.lessons.models import Course, Lesson, Unit

KEPT = ".gitkeep"  # git keeps no empty folders, and load_course wants one for each unit


def course_files() -> dict[str, str]:
    """Lessons and published exercises as `load_course` reads them, by relative path."""
    files = {f"{_home(unit)}/{KEPT}": "" for unit in Unit.objects.filter(lesson=None, exercises=None)}
    for lesson in Lesson.objects.select_related("unit"):
        files[f"{_home(lesson.unit)}/lesson.md"] = lesson.source
    for exercise in Exercise.objects.exclude(published=None).select_related("published", "unit"):
        folder = f"{_home(exercise.unit)}/{exercise.number:02d}-{exercise.slug.replace('_', '-')}"
        texts = exercise.published.files if exercise.published else {}
        files |= {f"{folder}/{name}": text for name, text in texts.items()}
    course = Course.objects.get(pk=1)
    if course.taster:
        files["taster.md"] = course.taster
    return files | {"course.toml": _manifest(course)}


def _home(unit: Unit) -> str:
    return f"{unit.number:02d}-{unit.slug}"


def _manifest(course: Course) -> str:
    lines = [f"title = {_toml(course.title)}", f"about = {_toml(course.about)}"]
    for unit in Unit.objects.all():
        facts = {"number": unit.number, "slug": unit.slug, "title": unit.title, "about": unit.about}
        lines += ["", "[[units]]", *(f"{key} = {_toml(value)}" for key, value in facts.items())]
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)  # a JSON string or number is TOML too
