"""Code and an exercise in, a verdict out. No Django here."""

from grader.course import load_course
from grader.exercise import Check, Course, Entry, Exercise, Solution, Unit
from grader.judge import grade
from grader.loading import exercise_from_files, load_exercise
from grader.verdict import CheckResult, Evidence, Verdict

__all__ = [
    "Check",
    "CheckResult",
    "Course",
    "Entry",
    "Evidence",
    "Exercise",
    "Solution",
    "Unit",
    "Verdict",
    "exercise_from_files",
    "grade",
    "load_course",
    "load_exercise",
]
