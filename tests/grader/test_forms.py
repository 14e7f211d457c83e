"""Values pass the gates of their declared form before an author's code sees them."""

import numpy as np
import pytest

from grader.exercise import Form, FormKind
from grader.forms import MAX_NESTING, gate_forms, like
from grader.outcome import Outcome
from grader.structure import Precision
from grader.values import Opaque

DOUBLE = Precision(allowed=("float64",))
NESTED = Form(kind=FormKind.NESTED, depth=3, size=10)


def array(*shape, of=None):
    return Form(kind=FormKind.ARRAY, shape=of or shape)


def outcome(got, form, **arguments):
    found = gate_forms(got, (form,), ("w",), arguments, DOUBLE)
    return found and found.outcome


@pytest.mark.parametrize(
    ("form", "arguments"),
    [
        (array(2, 3), {}),
        (array("n", 3), {"n": 2}),
        (array(of="x"), {"x": np.ones((2, 3))}),
        (array(of="shape"), {"shape": (2, 3)}),
    ],
)
def test_a_shape_is_given_by_numbers_or_by_arguments(form, arguments):
    assert outcome(np.zeros((2, 3)), form, **arguments) is None
    assert outcome(np.zeros((3, 2)), form, **arguments) is Outcome.SHAPE
    assert outcome(np.zeros((2, 3), dtype="f4"), form, **arguments) is Outcome.DTYPE
    assert outcome(np.full((2, 3), np.inf), form, **arguments) is Outcome.NOT_FINITE
    assert outcome([[0.0] * 3] * 2, form, **arguments) is Outcome.STRUCTURE


def test_the_size_that_is_due_takes_no_memory():
    (model,) = like((array(10_000, 10_000, 10_000),), {})

    assert model.nbytes == 8 * 10**12
    assert model.base is not None


@pytest.mark.parametrize(
    "value", ["x", 1, 2.5, np.float64(1.0), ("add", "x", 1.0), ("a", ("b", ("c", "d"))), ()]
)
def test_texts_numbers_and_tuples_of_them_are_nested_values(value):
    assert outcome(value, NESTED) is None


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        ["add", "x"],
        {"a": 1},
        np.ones(2),
        ("a", None),
        ("a", ("b", ["c"])),
        "x" * 1000,
        tuple("abcdefghijk"),
        ("a", ("b", ("c", ("d", "e")))),
        ("a", Opaque("tuple")),
        Opaque("set"),
    ],
)
def test_other_values_and_larger_ones_are_not(value):
    assert outcome(value, NESTED) is Outcome.STRUCTURE


@pytest.mark.parametrize("value", [float("nan"), ("a", float("inf"))])
def test_a_nested_number_is_finite(value):
    assert outcome(value, NESTED) is Outcome.NOT_FINITE


def test_no_depth_is_recursed_into():
    deep = "x"
    for _ in range(100_000):
        deep = ("a", deep)

    assert outcome(deep, Form(kind=FormKind.NESTED, depth=MAX_NESTING, size=10_000)) is Outcome.STRUCTURE
    while isinstance(deep, tuple):  # taken apart by hand: Python's own way down is recursive
        deep = deep[1]


def test_the_deepest_nesting_travels_to_the_authors_code(sandbox):
    from grader import grade
    from tests.grader.factories import make_exercise

    deep = "1.0"
    for _ in range(MAX_NESTING):
        deep = f"('neg', {deep})"
    toml = f"""
[[entries]]
name = "deep"
kind = "function"
signature = "deep(x) -> tree"
parameters = ["x"]
returns = ["tree"]

[[checks]]
name = "Deep"
kind = "property"
entry = "deep"
group = "any"
points = 1
result = {{ tree = {{ kind = "nested", depth = {MAX_NESTING} }} }}
residuals = [{{ name = "depth", at_least = {MAX_NESTING}, sentence = "{{value}} deep." }}]
"""
    reference = """
def cases(rng, group):
    return [{"x": 1.0}]

def residuals(x, result):
    depth = 0
    while isinstance(result, tuple):
        result, depth = result[1], depth + 1
    return {"depth": depth}
"""
    exercise = make_exercise(("deep", toml, reference))
    verdict = grade(exercise, f"def deep(x):\n    return {deep}\n", sandbox=sandbox)
    assert verdict.passed, verdict.checks[0].sentence
    verdict = grade(exercise, f"def deep(x):\n    return ('neg', {deep})\n", sandbox=sandbox)
    assert "tuples in one another" in verdict.checks[0].sentence
