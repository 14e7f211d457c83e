"""Expressions at random points: the student's derivative by its values, the right one by autograd."""

import numpy as np
import torch

POINTS = 8
CONSTANTS = {"a": 1.3, "b": 0.7, "c": -0.4, "x0": 0.9}
BINARY = {"add": torch.add, "sub": torch.sub, "mul": torch.mul, "div": torch.div}
UNARY = {"exp": torch.exp, "log": torch.log, "sin": torch.sin, "cos": torch.cos}


def residuals(expr, points, result):
    """The largest relative error over the points, with the point and the two values there."""
    x = torch.as_tensor(points, dtype=torch.float64).requires_grad_()
    y = value(expr, x)
    (slope,) = torch.autograd.grad(y.sum(), x)
    if not (torch.all((x >= 0.5) & (x <= 2)) and torch.isfinite(slope).all()):
        raise ValueError("the points or the expression are not what the statement promises")
    with torch.no_grad():
        got = value(result, x)
    for at, number in zip(points.tolist(), got.tolist()):
        if not np.isfinite(number):
            raise ValueError(f"it has no value at x = {at:.5g}, where the derivative has one")
    error = (got - slope).abs() / (1 + slope.abs())
    worst = int(error.argmax())
    named = {"error": error, "x": x, "got": got, "expected": slope}
    return {name: float(values[worst]) for name, values in named.items()}


def value(expr, x):
    """An expression at the points x."""
    if expr == "x":
        return x
    if not isinstance(expr, tuple):
        return 0 * x + (constant(expr) if isinstance(expr, str) else float(expr))
    op, *arguments = expr or ("",)
    if op == "pow" and len(arguments) == 2:
        if isinstance(arguments[1], str | tuple):
            raise ValueError("the exponent of a pow is no number")
        return value(arguments[0], x) ** float(arguments[1])
    known = {1: UNARY, 2: BINARY}.get(len(arguments), {})
    if not isinstance(op, str) or op not in known:
        raise ValueError(
            f"there is no operator {op!r} with {len(arguments)} argument{'s'[: len(arguments) != 1]}"
        )
    return known[op](*(value(one, x) for one in arguments))


def constant(name):
    if name not in CONSTANTS:
        raise ValueError(f"the name {name!r} is not in the input")
    return CONSTANTS[name]


# expressions


def cases(rng, group):
    make = {
        "leaves": leaves,
        "sums": sums,
        "products": products,
        "quotients": quotients,
        "powers": powers,
        "functions": functions,
        "chain": chain,
        "all": everything,
    }[group]
    return [{"expr": expr, "points": rng.uniform(0.5, 2, size=POINTS)} for expr in make(rng)]


def number(rng):
    return float(np.round(rng.uniform(1.5, 4), 2))


def leaves(rng):
    return [number(rng), "x", "a", number(rng), "b", 3, "x0"]


def sums(rng):
    return [
        ("add", "x", number(rng)),
        ("sub", number(rng), "x"),
        ("add", "x", "x"),
        ("sub", ("add", "x", "a"), ("sub", "b", "x")),
        ("sub", ("sub", "x", number(rng)), ("add", "x", "x")),
        ("sub", ("add", "x", "x"), "x"),
        ("add", ("sub", number(rng), "x"), ("add", "x", "x")),
    ]


def products(rng):
    return [
        ("mul", "x", "x"),
        ("mul", number(rng), "x"),
        ("mul", 2, "x"),
        ("mul", "x", "a"),
        ("mul", ("add", "x", number(rng)), ("sub", "x", number(rng))),
        ("mul", ("mul", "x", "x"), ("sub", number(rng), "x")),
        ("add", ("mul", "x", "x"), "x"),
        ("add", "x", ("mul", "x", "x")),
    ]


def quotients(rng):
    return [
        ("div", number(rng), "x"),
        ("div", "x", number(rng)),
        ("div", ("sub", "x", number(rng)), ("add", "x", number(rng))),
        ("div", ("mul", "x", "x"), ("add", "x", "a")),
        ("div", "b", ("mul", "x", "x")),
    ]


def powers(rng):
    exponents = [2, 3.0, number(rng), -1.0, -number(rng), 0.5, 1.0]
    return [("pow", "x", n) for n in exponents]


def functions(rng):
    return [(name, "x") for name in ("exp", "log", "sin", "cos")]


def chain(rng):
    """Each function around something with a derivative other than 1."""
    inner = ("add", ("mul", number(rng), "x"), "a")
    square = ("mul", "x", "x")
    return [
        ("pow", inner, 3.0),
        ("pow", ("add", square, 1.0), -0.5),
        ("pow", ("sub", "x", 3.0), 2.0),  # below zero, where there is no logarithm
        ("pow", ("sub", "x", 3.0), 3),
        ("exp", ("mul", -0.5, square)),
        ("log", ("add", square, number(rng))),
        ("sin", inner),
        ("cos", square),
        ("exp", ("sin", ("mul", 2.0, "x"))),
        ("log", ("add", 2.5, ("cos", ("mul", "b", "x")))),
    ]


def everything(rng):
    """Two terms of different rules, of bounded size; no denominator or argument of a log comes near zero."""

    def leaf():
        return ["x", ("mul", number(rng), "x"), ("add", "x", "a"), ("sub", "c", "x")][rng.integers(4)]

    def wave():
        return [("sin", leaf()), ("cos", leaf())][rng.integers(2)]

    def term(rule):
        return {
            "mul": lambda: ("mul", leaf(), wave()),
            "div": lambda: ("div", leaf(), ("add", 2.5, wave())),
            "pow": lambda: ("pow", ("add", 3.0, wave()), number(rng)),
            "exp": lambda: ("exp", ("mul", -0.5, ("mul", leaf(), "x"))),
            "log": lambda: ("log", ("add", 2.5, wave())),
        }[rule]()

    pairs = [rng.permutation(["mul", "div", "pow", "exp", "log"])[:2] for _ in range(6)]
    return [(["add", "sub", "mul"][rng.integers(3)], *(term(str(rule)) for rule in pair)) for pair in pairs]
