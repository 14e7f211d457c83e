"""Expressions in x, evaluated on a tensor; autograd gives the slope."""

import torch

FUNCTIONS = {"exp": torch.exp, "log": torch.log, "sin": torch.sin, "tanh": torch.tanh}

EXPRESSIONS = {
    "ring": ["x + x", "x * x", "-x", "x * x - x", "x - x * x", "x * x * (x + x)", "-(x * x) + x", "x - (-x)"],
    "numbers": [
        "{a} + x", "x + {a}", "{a} * x", "x * {a}", "x - {a}", "{a} - x", "3",
        "2 - x", "2 * x", "x + 1", "({a} - x) * ({b} + x * x)", "{a} - x * x",
    ],
    "quotients": [
        "x / {a}", "x / (x * x)", "x * x / (x + {a})", "(x + {a}) / x", "1 / x", "{a} / (x * x + {b})",
        "1 / (x + 1)",
        "({a} - x) / ({b} + x)",
    ],
    "powers": [
        "x ** 3", "x ** 2", "x ** -1", "x ** {a}", "x ** 0.5", "(x * x + {a}) ** 3", "({a} * x) ** {b}",
        "x ** 1", "x ** 0",
    ],
    "exponents": ["x ** x", "2 ** x", "{a} ** (x * x)", "x ** (x * x)", "(x * x) ** x", "x ** (2 - x)"],
    "functions": ["sin(x)", "exp(x)", "log(x)", "tanh(x)"],
    "chain": [
        "sin({a} * x)", "exp(-x * x)", "log({a} + x * x)", "tanh({b} * x)", "exp(sin({a} * x))",
        "sin(x * x)", "tanh(x * x / {a})", "log(x ** 2 + exp(x))",
    ],
    "all": [
        "x * sin({a} * x) / (1 + exp(-x))", "tanh(0.8 * (x + 0.04 * x ** 3))", "log(1 + exp({a} - x)) ** 2",
        "(1 + x * x) ** -0.5 - sin(x) ** 2", "2 ** sin(x) / (3 - tanh(x))", "exp(x * log(x)) - x ** x / {b}",
    ],
}  # fmt: skip


def value_and_slope(expression, x):
    """The expression at x and its derivative there; a constant has the slope 0."""
    x = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    y = eval(expression, {"x": x, **FUNCTIONS})  # noqa: S307 (an expression of this file)
    if not isinstance(y, torch.Tensor):
        return float(y), 0.0
    slope = torch.autograd.grad(y, x)[0]
    if not torch.isfinite(torch.stack([y, slope])).all():
        raise ValueError("x is not where the expression has a slope")
    return y.item(), slope.item()


def cases(rng, group):
    if group == "bases":
        return bases(rng)
    return [case(rng, one, rng.uniform(0.5, 2)) for one in EXPRESSIONS[group]]


def bases(rng):
    """A constant exponent, and a base that is negative or zero."""
    negative = [
        case(rng, one, -rng.uniform(0.5, 2)) for one in ("x ** 2", "x ** 3", "x ** -2", "(x - {a}) ** 3")
    ]
    return [
        *negative,
        case(rng, "x ** 2", 0.0),
        case(rng, "x ** 1", 0.0),
        case(rng, "(x - 1.5) ** 3 + x", 1.5),
    ]


def case(rng, expression, x):
    a, b = (f"{number:.2f}" for number in rng.uniform((1.5, 2.6), (2.5, 3.6)))
    return {"expression": expression.format(a=a, b=b), "x": float(x)}
