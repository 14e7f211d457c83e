"""Run shows what came out beside what is expected, and scores nothing."""

import json

import pytest

from grader import run_examples, run_fragment
from grader.outcome import Outcome
from tests.grader.factories import APPLY, DESCENT, ENGINE, SQUARE, make_exercise


def test_examples_that_are_right(sandbox):
    result = run_examples(make_exercise(), "print('hi')\ndef double(x):\n    return 2 * x", sandbox=sandbox)

    assert result.outcome is Outcome.PASSED
    assert result.sentence == "One example, all as expected."
    assert result.stdout == "hi\n"
    (example,) = result.examples
    assert example.input == "x = np.array([1.0, 2.0])"
    assert example.got == example.expected == "np.array([2.0, 4.0])"


def test_an_example_that_is_wrong(sandbox):
    result = run_examples(make_exercise(), "def double(x):\n    return 3 * x", sandbox=sandbox)

    assert result.outcome is result.examples[0].outcome is Outcome.MISMATCH
    assert result.examples[0].got == "np.array([3.0, 6.0])"
    assert result.examples[0].sentence == result.sentence
    json.dumps(result.as_dict(), allow_nan=False)


@pytest.mark.parametrize(
    ("source", "outcome", "examples"),
    [
        ("def double(x", Outcome.SYNTAX, 0),
        ("1 / 0", Outcome.RAISED, 0),
        ("x = 1", Outcome.MISSING, 1),
        ("def double(x):\n    return x[5]", Outcome.RAISED, 1),
        ("import os\ndef double(x):\n    os._exit(0)", Outcome.EXITED, 1),
    ],
)
def test_code_that_gives_no_answer(sandbox, source, outcome, examples):
    result = run_examples(make_exercise(), source, sandbox=sandbox)

    assert result.outcome is outcome
    assert [example.got for example in result.examples] == [""] * examples


def test_an_example_may_name_a_function_of_the_reference(sandbox):
    example = '\n[[examples]]\nentry = "apply"\narguments = { f = { callable = "triple" }, x = 2.0 }\n'
    parts = (APPLY[0], APPLY[1] + example, APPLY[2] + "\ndef triple(x):\n    return 3 * x\n")

    (shown,) = run_examples(
        make_exercise(parts), "def apply(f, x):\n    return f(f(x))", sandbox=sandbox
    ).examples

    assert shown.outcome is Outcome.PASSED
    assert shown.input == "f = ...  # a function\nx = 2.0"
    assert shown.got == shown.expected == "18.0"


def test_an_example_may_name_a_constant_of_the_reference_that_is_none(sandbox):
    example = '\n[[examples]]\nentry = "apply"\narguments = { f = { callable = "NOTHING" }, x = 2.0 }\n'
    reference = APPLY[2].replace("return f(f(x))", "return x if f is None else f(f(x))")
    parts = (APPLY[0], APPLY[1] + example, reference + "\nNOTHING = None\n")

    (shown,) = run_examples(make_exercise(parts), "def apply(f, x):\n    return x", sandbox=sandbox).examples

    assert shown.outcome is Outcome.PASSED
    assert shown.expected == "2.0"


def test_a_run_does_not_bound_the_calls_of_a_function(sandbox):
    example = '\n[[examples]]\nentry = "apply"\narguments = { f = { callable = "triple" }, x = 2.0 }\n'
    parts = (APPLY[0], APPLY[1] + example, APPLY[2] + "\ndef triple(x):\n    return 3 * x\n")
    looks_first = "def apply(f, x):\n    print(f(x))\n    return f(f(x))"

    assert run_examples(make_exercise(parts), looks_first, sandbox=sandbox).outcome is Outcome.PASSED


def test_an_example_of_a_gradient_gives_its_upstream(sandbox):
    example = """
[[examples]]
entry = "square_backward"
arguments = { x = [[1.0, 2.0]], scale = [1.0, 3.0], dy = [[1.0, 10.0]] }
wrt = ["x", "scale"]
upstream = "dy"
"""
    exercise = make_exercise((SQUARE[0], SQUARE[1] + example, SQUARE[2]))
    source = "def square_backward(x, scale, dy):\n    return 2 * x * scale * dy, (x**2 * dy).sum(axis=0)"

    (shown,) = run_examples(exercise, source, sandbox=sandbox).examples

    assert shown.outcome is Outcome.PASSED
    assert shown.expected == "(np.array([[2.0, 120.0]]), np.array([1.0, 40.0]))"


def test_an_example_of_a_class_is_shown_as_the_code_that_drives_it(sandbox):
    example = """
[[examples]]
entry = "Descent"
[examples.arguments]
params = [[1.0]]
options = { lr = 0.5 }
steps = [{ grads = [[2.0]] }, { grads = ["None"], set = { lr = 0.1 } }]
"""
    exercise = make_exercise((DESCENT[0], DESCENT[1] + example, DESCENT[2]))

    (shown,) = run_examples(exercise, DESCENT[2], sandbox=sandbox).examples

    assert shown.outcome is Outcome.PASSED
    assert shown.input.split("\n") == [
        "params = [np.array([1.0])]",
        "optimizer = Descent(params, lr=0.5)",
        "optimizer.step([np.array([2.0])])",
        "optimizer.lr = 0.1",
        "optimizer.step([None])",
    ]
    assert shown.got == "[[np.array([0.0])], [np.array([0.0])]]"


def test_a_fragment_prints(sandbox):
    result = run_fragment("import torch\nprint(torch.ones(2))", runtime="torch", sandbox=sandbox)

    assert (result.outcome, result.sentence) == (Outcome.PASSED, "Done.")
    assert result.stdout == "tensor([1., 1.])\n"


def test_a_fragment_that_raises_keeps_what_it_printed(sandbox):
    result = run_fragment("print(1)\n1 / 0", runtime="numpy", sandbox=sandbox)

    assert result.stdout == "1\n"
    assert result.sentence == "The code raised ZeroDivisionError: division by zero in line 2."
    assert result.evidence.line == 2


def test_a_fragment_that_does_not_parse(sandbox):
    assert run_fragment("for", runtime="numpy", sandbox=sandbox).outcome is Outcome.SYNTAX


def test_a_list_in_the_key_of_an_engines_example_is_an_array_of_indices(sandbox):
    example = """
[[examples]]
entry = "Value"
[examples.arguments]
leaves = [[1.0, 2.0, 3.0]]
nodes = [{ op = "getitem", of = [0], options = { key = [[0, 0, 2]] } }, { op = "total", of = [1] }]
"""
    exercise = make_exercise((ENGINE[0], ENGINE[1] + example, ENGINE[2]))
    source = """
import numpy as np
class Value:
    def __init__(self, data): self.data, self.grad, self.back = np.asarray(data), 0.0, []
    def __getitem__(self, key):
        result = Value(self.data[key])
        result.back = [(self, key)]
        return result
    def total(self):
        result = Value(self.data.sum())
        result.back = [(self, None)]
        return result
    def backward(self):
        ((picked, _),) = self.back
        ((leaf, key),) = picked.back
        leaf.grad, self.grad = np.zeros(leaf.data.shape), np.ones(())
        np.add.at(leaf.grad, key, 1.0)
"""
    (shown,) = run_examples(exercise, source, sandbox=sandbox).examples

    assert shown.outcome is Outcome.PASSED, shown.sentence
    assert "b = a[np.array([0, 0, 2])]" in shown.input
    assert shown.expected == "(5.0, np.array([2.0, 0.0, 1.0]))"


def test_an_example_may_hold_a_list_of_arrays_of_one_shape(sandbox):
    example = """
[[examples]]
entry = "apply"
arguments = { f = { callable = "total" }, x = { list = [[1.0], [2.0]] } }
"""
    parts = (APPLY[0], APPLY[1] + example, APPLY[2] + "\ndef total(x):\n    return float(sum(x)[0])\n")
    reference = parts[2].replace("f(f(x))", "f(x)")

    result = run_examples(
        make_exercise((*parts[:2], reference)),
        "def apply(f, x):\n    assert type(x) is list\n    return 3.0",
        sandbox=sandbox,
    )

    (shown,) = result.examples
    assert shown.input == "f = ...  # a function\nx = [np.array([1.0]), np.array([2.0])]"
    assert shown.got == "3.0"


def test_an_example_may_hold_a_tensor(sandbox):
    example = """
[[examples]]
entry = "apply"
arguments = { f = { callable = "total" }, x = { tensor = [[1.0], [2.0]] } }
"""
    reference = APPLY[2].replace("f(f(x))", "f(x)") + "\ndef total(x):\n    return float(x.sum())\n"

    result = run_examples(
        make_exercise((APPLY[0], APPLY[1] + example, reference), runtime="torch"),
        "import torch\ndef apply(f, x):\n    assert x.dtype is torch.float32\n    return 3.0",
        sandbox=sandbox,
    )

    (shown,) = result.examples
    assert shown.input == "f = ...  # a function\nx = torch.tensor([[1.0], [2.0]])"
    assert (shown.got, shown.expected) == ("3.0", "3.0")
