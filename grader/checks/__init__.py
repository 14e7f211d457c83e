"""The kinds of check, one module each, all of one shape (`Method`)."""

from grader.checks import formula, gradient, program, properties, time, trajectory, value
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
}

__all__ = ["METHODS", "Examined", "Method", "Subject"]
