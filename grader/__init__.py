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
from grader.landscapes import LANDSCAPES
from grader.loading import exercise_from_files, load_exercise
from grader.race import RACERS, Heat, RaceResult, race
from grader.sandbox import Level, Limits, Runtime, Sandbox, doctor
from grader.student_bundle import can_repeat
from grader.student_bundle import student_bundle as make_student_bundle
from grader.verdict import CheckResult, Evidence, Verdict

__all__ = [
    "LANDSCAPES",
    "RACERS",
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
    "Heat",
    "InfrastructureError",
    "Level",
    "Limits",
    "Queue",
    "RaceResult",
    "RunResult",
    "Runtime",
    "Sandbox",
    "SandboxUnavailable",
    "Solution",
    "Unit",
    "Verdict",
    "can_repeat",
    "doctor",
    "exercise_from_files",
    "gate",
    "grade",
    "load_course",
    "load_exercise",
    "make_student_bundle",
    "race",
    "run_examples",
    "run_fragment",
]
