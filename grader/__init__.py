"""Code and an exercise in, a verdict out. No Django here."""

from grader.course import load_course
from grader.errors import (
    AuthorError,
    ExerciseError,
    GraderError,
    InfrastructureError,
    SandboxUnavailable,
)
from grader.examples import ExampleResult, RunResult, run_examples, run_fragment
from grader.exercise import Check, Course, Entry, Exercise, Queue, Solution, Unit
from grader.gate import gate
from grader.gate_report import GateReport, GateRow
from grader.judge import grade
from grader.loading import exercise_from_files, load_exercise
from grader.sandbox import Level, Limits, Runtime, Sandbox, doctor
from grader.verdict import CheckResult, Evidence, Verdict

__all__ = [
    "AuthorError",
    "Check",
    "CheckResult",
    "Course",
    "Entry",
    "Evidence",
    "ExampleResult",
    "Exercise",
    "ExerciseError",
    "GateReport",
    "GateRow",
    "GraderError",
    "InfrastructureError",
    "Level",
    "Limits",
    "Queue",
    "RunResult",
    "Runtime",
    "Sandbox",
    "SandboxUnavailable",
    "Solution",
    "Unit",
    "Verdict",
    "doctor",
    "exercise_from_files",
    "gate",
    "grade",
    "load_course",
    "load_exercise",
    "run_examples",
    "run_fragment",
]
