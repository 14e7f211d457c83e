import math


class Dual:
    """A value and its slope with respect to x: value + slope·ε, with ε² = 0."""

    def __init__(self, value, slope=0.0):
        self.value, self.slope = value, slope

    def __add__(self, other): ...


def exp(a): ...


def log(a): ...


def sin(a): ...


def tanh(a): ...


def differentiate(expression, x):
    """Return the value and the slope of a Python expression in x."""
    names = {"x": Dual(x, 1.0), "exp": exp, "log": log, "sin": sin, "tanh": tanh}
    y = eval(expression, names)  # noqa: S307 (the expressions are the exercise's own)
    return (y.value, y.slope) if isinstance(y, Dual) else (float(y), 0.0)
