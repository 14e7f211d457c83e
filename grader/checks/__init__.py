"""The kinds of check, one module each, all of one shape (`Method`)."""

from grader.checks import (
    complexity,
    formula,
    gradient,
    memory,
    program,
    properties,
    time,
    training,
    trajectory,
    value,
)
from grader.checks.method import Examined, Method, Subject
from grader.exercise import CheckKind

METHODS: dict[CheckKind, Method] = {
    CheckKind.VALUE: value.METHOD,
    CheckKind.GRADIENT: gradient.METHOD,
    CheckKind.TRAJECTORY: trajectory.METHOD,
    CheckKind.PROGRAM: program.METHOD,
    CheckKind.TIME: time.METHOD,
    CheckKind.FORMULA: formula.METHOD,
    CheckKind.PROPERTY: properties.METHOD,
    CheckKind.MEMORY: memory.METHOD,
    CheckKind.COMPLEXITY: complexity.METHOD,
    CheckKind.TRAINING: training.METHOD,
}

__all__ = ["METHODS", "Examined", "Method", "Subject"]
