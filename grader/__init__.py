"""Code and an exercise in, a verdict out. No Django here."""

from grader.course import load_course
from grader.exercise import Check, Course, Entry, Exercise, Solution, Unit
from grader.loading import exercise_from_files, load_exercise

__all__ = [
    "Check",
    "Course",
    "Entry",
    "Exercise",
    "Solution",
    "Unit",
    "exercise_from_files",
    "load_course",
    "load_exercise",
]
