"""What authors do with lessons outside a course folder."""

from courseapp.lessons.models import Lesson
from courseapp.lessons.rendering import render_lesson


def edit_lesson(*, lesson: Lesson, source: str) -> Lesson:
    """Change a lesson's text. Raises LessonError, with nothing stored, when it cannot be rendered."""
    render_lesson(source, unit=lesson.unit.number)
    lesson.source = source
    lesson.save(update_fields=["source", "updated"])
    return lesson
