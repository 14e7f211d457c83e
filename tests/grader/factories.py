"""Small exercises, made of a few lines each, for the tests of the judge."""

import tomllib
from typing import Any

from grader import exercise_from_files

HEAD = """
number = {number}
slug = "{slug}"
title = "A title"
summary = "A summary."
runtime = "{runtime}"
queue = "cpu"
minutes = 5
"""

DOUBLE_TOML = """
[[entries]]
name = "double"
kind = "function"
signature = "double(x) -> y"
parameters = ["x"]
returns = ["y"]

[[checks]]
name = "Doubled"
kind = "value"
entry = "double"
group = "any"
points = 2

[[solutions]]
file = "solutions/right.py"
outcome = "accepted"

[[solutions]]
file = "solutions/half.py"
outcome = "wrong"
fails = "Doubled"
name = "Halved"
sentence = "You divide by two."
hint = "Multiply."

[[examples]]
entry = "double"
arguments = { x = [1.0, 2.0] }
"""

DOUBLE_REFERENCE = """
import numpy as np

def cases(rng, group):
    return [{"x": rng.normal(size=n)} for n in (3, 2, 4)]

def expected(x):
    return 2 * x
"""

SQUARE_TOML = """
[[entries]]
name = "square_backward"
kind = "function"
signature = "square_backward(x, scale, dy) -> (dx, dscale)"
parameters = ["x", "scale", "dy"]
returns = ["dx", "dscale"]

[[checks]]
name = "Against autograd"
kind = "gradient"
entry = "square_backward"
group = "any"
points = 3
wrt = ["x", "scale"]
upstream = "dy"
"""

SQUARE_REFERENCE = """
import numpy as np

def cases(rng, group):
    return [{"x": rng.normal(size=(n, 3)).astype(group), "scale": rng.normal(size=3).astype(group)}
            for n in (2, 4, 3)]

def forward(x, scale):
    return scale * x**2
"""

APPLY_TOML = """
[[entries]]
name = "apply"
kind = "function"
signature = "apply(f, x) -> y"
parameters = ["f", "x"]
returns = ["y"]

[[checks]]
name = "Called twice"
kind = "value"
entry = "apply"
group = "any"
points = 1
calls = { f = { exactly = 2 } }
"""

APPLY_REFERENCE = """
def cases(rng, group):
    return [{"f": lambda x: 3 * x, "x": float(rng.normal())} for _ in range(3)]

def expected(f, x):
    return f(f(x))
"""

WRITTEN_REFERENCE = """
class Times:
    def __init__(self, factor):
        self.factor = factor

    def __call__(self, x):
        return self.factor * x

    def as_python(self, name):
        return f"{name} = lambda x: {self.factor} * x"

def cases(rng, group):
    return [{"f": Times(round(rng.uniform(2, 3), 2)), "x": float(rng.normal())} for _ in range(3)]

def expected(f, x):
    return f(f(x))
"""

DESCENT_TOML = """
[[entries]]
name = "Descent"
kind = "class"
signature = "Descent(params, lr=0.1)"
parameters = ["params", "lr"]
methods = ["step"]
attributes = ["lr"]

[[checks]]
name = "Three steps"
kind = "trajectory"
entry = "Descent"
group = "any"
points = 2
"""

DESCENT_REFERENCE = """
import numpy as np

class Descent:
    def __init__(self, params, lr=0.1):
        self.params, self.lr = params, lr

    def step(self, grads):
        for p, g in zip(self.params, grads):
            if g is not None:
                p -= self.lr * g

def histories(rng, group):
    steps = [{"grads": [rng.normal(size=2), rng.normal(size=(2, 2))]} for _ in range(3)]
    steps[1]["grads"][0] = None
    steps[2]["set"] = {"lr": 0.5}
    return [{"params": [rng.normal(size=2), rng.normal(size=(2, 2))], "options": {"lr": 0.2}, "steps": steps}]
"""

FORMULA_TOML = """
[[entries]]
name = "cube'"
kind = "formula"
signature = "cube'(x)"
parameters = ["x"]

[[entries]]
name = "area"
kind = "formula"
signature = "area(a, b)"
parameters = ["a", "b"]

[[checks]]
name = "A derivative"
kind = "formula"
entry = "cube'"
group = "x"
reference = "cube"
wrt = ["x"]
points = 2

[[checks]]
name = "A value"
kind = "formula"
entry = "area"
group = "ab"
points = 1

[[solutions]]
file = "solutions/right.txt"
outcome = "accepted"

[[solutions]]
file = "solutions/power.txt"
outcome = "wrong"
fails = "A derivative"
name = "Exponent kept"
sentence = "The exponent falls by one."
hint = "Try x²."

[[examples]]
entry = "cube'"
arguments = { x = 2.0 }
reference = "cube"
wrt = ["x"]
"""

FORMULA_REFERENCE = """
def cases(rng, group):
    return [{name: float(rng.uniform(0.5, 2.0)) for name in group} for _ in range(5)]

def cube(x):
    return x**3

def expected(a, b):
    return a * b / 2
"""

SPLIT_TOML = """
[[entries]]
name = "split"
kind = "function"
signature = "split(x) -> (a, b)"
parameters = ["x"]
returns = ["a", "b"]

[[checks]]
name = "Adds up"
kind = "property"
entry = "split"
group = "any"
points = 2
result = { a = { kind = "float" }, b = { kind = "float" } }

[[checks.residuals]]
name = "error"
at_most = 1e-9
sentence = "a + b is {sum}, off by {value}; {bound} is allowed."

[[checks.residuals]]
name = "gap"
at_least = 0.5
sentence = "a and b are {value} apart, at least {bound} is due."

[[solutions]]
file = "solutions/third.py"
outcome = "accepted"

[[solutions]]
file = "solutions/twice.py"
outcome = "wrong"
fails = "Adds up"
name = "Not divided"
sentence = "Both parts are x."
hint = "What do they add up to?"

[[examples]]
entry = "split"
arguments = { x = 3.0 }
"""

SPLIT_REFERENCE = """
def cases(rng, group):
    return [{"x": float(rng.uniform(2, 9))} for _ in range(4)]

def residuals(x, result):
    a, b = result
    if a > 1e6:
        raise ValueError("a is far too large")
    return {"error": abs(a + b - x), "gap": abs(a - b), "sum": a + b}
"""

NOISE_TOML = """
[[entries]]
name = "noise"
kind = "function"
signature = "noise(shape, std, rng) -> w"
parameters = ["shape", "std", "rng"]
returns = ["w"]

[[checks]]
name = "Spread"
kind = "property"
entry = "noise"
group = "any"
points = 1
reference = "spread"
result = { w = { kind = "array", shape = "shape" } }

[[checks.residuals]]
name = "z"
at_most = 5.0
sentence = "The standard deviation is {std}, which is {value} standard errors from what it should be."
"""

NOISE_REFERENCE = """
import numpy as np

def cases(rng, group):
    return [{"shape": (30, 40), "std": 0.3, "rng": int(rng.integers(2**31))} for _ in range(3)]

def spread(shape, std, rng, result):
    found = float(result.std())
    return {"z": abs(found / std - 1) * np.sqrt(2 * result.size), "std": found}
"""

ENGINE_TOML = """
[[entries]]
name = "Value"
kind = "class"
signature = "Value(data)"
parameters = ["data"]
methods = ["exp", "total"]
attributes = ["data", "grad"]
engine = { operators = ["add", "mul", "getitem"] }

[[checks]]
name = "Programs"
kind = "program"
entry = "Value"
group = "any"
points = 2
"""

ENGINE_REFERENCE = """
class Value:
    def total(x, axis=None):
        return x.sum() if axis is None else x.sum(axis)

def programs(rng, group):
    a, b = float(rng.uniform(1, 2)), float(rng.uniform(1, 2))
    product = {"op": "mul", "of": [0, 1]}
    return [
        {"leaves": [a, b], "nodes": [product]},
        {"leaves": [a, b], "nodes": [product, {"op": "mul", "of": [2, 0.5]}, {"op": "add", "of": [0, 3]}]},
    ]
"""

FIT_TOML = """
[[entries]]
name = "fit"
kind = "function"
signature = "fit(x, y, x_new, seed) -> (predictions, losses)"
parameters = ["x", "y", "x_new", "seed"]
returns = ["predictions", "losses"]

[[checks]]
name = "A line"
kind = "training"
entry = "fit"
group = "any"
points = 2
reference = "squared"
loss = 0.01
target = "y_new"

[[solutions]]
file = "solutions/right.py"
outcome = "accepted"

[[solutions]]
file = "solutions/mean.py"
outcome = "wrong"
fails = "A line"
name = "Only the mean"
sentence = "Your prediction does not depend on x."
hint = "Fit the slope too."
"""

FIT_REFERENCE = """
import numpy as np

def cases(rng, group):
    made = []
    for seed in range(3):
        w, x, new = rng.normal(size=2) + 2, rng.normal(size=(50, 2)), rng.normal(size=(20, 2))
        made.append({"x": x, "y": x @ w, "x_new": new, "y_new": new @ w, "seed": seed})
    return made

def squared(predictions, target):
    return np.mean((predictions - target) ** 2)
"""

DOUBLE = ("double", DOUBLE_TOML, DOUBLE_REFERENCE)
ON_GPU = ('runtime = "numpy"\nqueue = "cpu"', 'runtime = "torch"\nqueue = "gpu"')  # in a manifest
SQUARE = ("square_backward", SQUARE_TOML, SQUARE_REFERENCE)
APPLY = ("apply", APPLY_TOML, APPLY_REFERENCE)
WRITTEN = ("apply", APPLY_TOML, WRITTEN_REFERENCE)
DESCENT = ("descent", DESCENT_TOML, DESCENT_REFERENCE)
FORMULA = ("cubes", FORMULA_TOML, FORMULA_REFERENCE)
SPLIT = ("split", SPLIT_TOML, SPLIT_REFERENCE)
NOISE = ("noise", NOISE_TOML, NOISE_REFERENCE)
ENGINE = ("engine", ENGINE_TOML, ENGINE_REFERENCE)
FIT = ("fit", FIT_TOML, FIT_REFERENCE)


def _starter(toml: str) -> str:
    """A place for each entry."""
    heads = {"class": "class {name}:", "function": "def {name}({taken}):", "formula": ""}
    lines = []
    for entry in tomllib.loads(toml).get("entries", ()):
        head = heads[entry["kind"]].format(name=entry["name"], taken=", ".join(entry["parameters"]))
        lines.append(f"{head}\n    ...\n")
    return "".join(lines)


def make_files(
    parts: tuple[str, str, str] = DOUBLE,
    *,
    number: int = 1,
    runtime: str = "numpy",
    replace: tuple[str, str] = ("", ""),
    **changed: str | None,
) -> dict[str, str]:
    """The files of a small exercise. `replace` edits exercise.toml; a changed file of None is left out."""
    slug, toml, reference = parts
    files = {
        "exercise.toml": HEAD.format(number=number, slug=slug, runtime=runtime) + toml,
        "statement.md": "Do it.",
        "starter.py": _starter(toml),
        "reference.py": reference,
    }
    if parts is DOUBLE:
        files["solutions/right.py"] = "def double(x):\n    return x + x\n"
        files["solutions/half.py"] = "def double(x):\n    return x / 2\n"
    if parts is SPLIT:
        files["baseline.py"] = files["solutions/third.py"] = "def split(x):\n    return x / 3, 2 * x / 3\n"
        files["solutions/twice.py"] = "def split(x):\n    return x, x\n"
    suffix = ".py"
    if parts is FORMULA:
        suffix = ".txt"
        files["starter.txt"] = files.pop("starter.py")
        files["baseline.txt"] = files["solutions/right.txt"] = "cube' = 3x^2\narea = a b / 2\n"
        files["solutions/power.txt"] = "cube' = 3x^3\narea = a b / 2\n"
        files["starter.txt"] = "cube'(x) =\narea(a, b) =\n"
    old, new = replace
    assert old in files["exercise.toml"]
    files["exercise.toml"] = files["exercise.toml"].replace(old, new, 1) if old else files["exercise.toml"]
    for name, text in changed.items():
        path = name.replace("__", "/") + {"statement": ".md", "reference": ".py"}.get(name, suffix)
        files.pop(path, None)
        if text is not None:
            files[path] = text
    return files


def make_exercise(parts: tuple[str, str, str] = DOUBLE, **options: Any):
    """The exercise in these files."""
    return exercise_from_files(make_files(parts, **options))
