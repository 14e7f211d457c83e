"""What authors do with lessons outside a course folder."""

from courseapp.lessons.models import Lesson
from courseapp.lessons.rendering import check_lesson


def edit_lesson(*, lesson: Lesson, source: str) -> Lesson:
    """Change a lesson's text. Raises LessonError, with nothing stored, when it cannot be shown."""
    check(lesson=lesson, source=source)
    lesson.source = source
    lesson.save(update_fields=["source", "updated"])
    return lesson


def check(*, lesson: Lesson, source: str) -> None:
    """Raises LessonError when this text could not be shown as that lesson."""
    slugs = set(lesson.unit.exercises.values_list("slug", flat=True))
    check_lesson(source, unit=lesson.unit.number, slugs=slugs)
