"""An engine is driven through programs, and has to give the values and gradients that torch gives."""

import pytest

from grader import grade, run_examples
from grader.errors import ReferenceError_
from grader.outcome import Outcome
from tests.grader.factories import ENGINE, ENGINE_TOML, make_exercise

RIGHT = """
import math

class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad, self.parents = data, 0.0, parents

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def exp(self):
        return Value(math.exp(self.data), ((self, math.exp(self.data)),))

    def backward(self, grad=1.0):
        self.grad += grad
        for parent, slope in self.parents:
            parent.backward(grad * slope)
"""
PROGRAMS = "def programs(rng, group):\n    return [{}]\n"
ARRAYS = """
import numpy as np

class Value:
    def __init__(self, data, back=None):
        self.data, self.back = np.asarray(data), back
        self.grad = np.zeros_like(self.data)

    def __mul__(self, other):
        def back(g):
            self.backward(g * other.data)
            other.backward(g * self.data)
        return Value(self.data * other.data, back)

    def __getitem__(self, key):
        def back(g):
            full = np.zeros_like(self.data)
            np.add.at(full, key, g)
            self.backward(full)
        return Value(self.data[key], back)

    def total(self, axis=None):
        def back(g):
            self.backward(np.zeros_like(self.data) + (g if axis is None else np.expand_dims(g, axis)))
        return Value(self.data.sum(axis=axis), back)

    def backward(self, grad=1.0):
        self.grad = self.grad + grad
        if self.back:
            self.back(grad)
"""


@pytest.fixture
def first(sandbox):
    """The result of the one check for a source; `program` is the author's, as text."""

    def graded(source, program=None, **options):
        if program is not None:
            options["reference"] = "import numpy as np\n" + ENGINE[2] + PROGRAMS.format(program)
        exercise = make_exercise(ENGINE, **{"baseline": RIGHT, **options})
        return grade(exercise, source, sandbox=sandbox, seed=1).checks[0]

    return graded


def test_a_right_engine_passes(first):
    assert first(RIGHT).outcome is Outcome.PASSED


def test_a_wrong_gradient_is_shown_as_the_smallest_code_that_has_it(first):
    overwrites = RIGHT.replace("self.grad += grad", "self.grad = grad")

    check = first(overwrites)

    assert check.outcome is Outcome.MISMATCH
    assert check.evidence.shrunk
    assert check.evidence.value == "a.grad"
    assert check.evidence.input == "a = Value(1.0)\nb = a + a\nb.backward()"
    assert (check.evidence.got, check.evidence.expected) == (1.0, 2.0)


def test_a_wrong_value_is_found_before_the_gradients(first):
    check = first(RIGHT.replace("self.data + other.data", "self.data - other.data"))

    assert check.evidence.value.endswith(".data")


def test_whole_numbers_are_gradients_too(first):
    whole = RIGHT.replace("0.0, parents", "0, parents").replace("grad=1.0", "grad=1").replace("1.0", "1")

    assert first(whole, '{"leaves": [1.5], "nodes": [{"op": "add", "of": [0, 0]}]}').outcome is Outcome.PASSED


def test_a_gradient_of_another_type_is_refused(first):
    objects = RIGHT.replace("self.grad += grad", "self.grad = Value(grad)")

    check = first(objects)

    assert check.outcome is Outcome.STRUCTURE
    assert "a.grad is a Value" in check.sentence


def test_an_exception_is_told_with_the_smallest_code_that_raises_it(first):
    check = first(RIGHT.replace("def __mul__", "def mul"))

    assert check.outcome is Outcome.RAISED
    assert "TypeError" in check.sentence
    assert check.evidence.input == "a = Value(1.0)\nb = a * a\nb.backward()"


def test_passes_add_up_in_the_order_of_the_outputs(first):
    nodes = '[{"op": "mul", "of": [0, 1]}, {"op": "exp", "of": [0]}]'
    program = f'{{"leaves": [1.5, 2.0], "nodes": {nodes}, "outputs": [2, 3]}}'
    clears = """
    def backward(self):
        for parent, _ in self.parents:
            parent.grad = 0.0
        for parent, slope in self.parents:
            parent.grad += slope
"""
    check = first(RIGHT[: RIGHT.index("    def backward")] + clears, program)

    assert first(RIGHT, program).outcome is Outcome.PASSED
    assert check.evidence.value == "a.grad"
    assert check.evidence.input.count(".backward()") == 2


def test_a_node_is_repeated_on_its_own_result(first):
    program = '{"leaves": [1.0, 0.5], "nodes": [{"op": "add", "of": [0, 1], "times": 7}]}'

    assert first(RIGHT, program).outcome is Outcome.PASSED
    check = first(RIGHT.replace("(other, 1.0)", "(other, 2.0)"), program.replace("7", "5000"))
    assert check.outcome in (Outcome.MISMATCH, Outcome.RAISED)


def test_a_long_chain_meets_the_recursion_limit(first):
    program = '{"leaves": [1.0], "nodes": [{"op": "add", "of": [0, 1.0], "times": 10000}]}'
    loop = """
    def backward(self):
        stack = [(self, 1.0)]
        while stack:
            value, grad = stack.pop()
            value.grad += grad
            stack += [(parent, grad * slope) for parent, slope in value.parents]
"""

    check = first(RIGHT, program, baseline=RIGHT + loop)

    assert "RecursionError" in check.sentence
    assert "for _ in range(1000):\n    b = b + 1.0" in check.evidence.input


def test_arrays_are_indexed_and_summed(first):
    program = (
        '{"leaves": [rng.normal(size=(3, 4)), rng.normal(size=(2,))], "nodes": ['
        '{"op": "getitem", "of": [0], "options": {"key": ["1:", np.array([0, 0, 3])]}},'
        '{"op": "total", "of": [2], "options": {"axis": 1}},'
        '{"op": "mul", "of": [3, 1]}, {"op": "total", "of": [4]}]}'
    )

    assert first(ARRAYS, program).outcome is Outcome.PASSED
    check = first(ARRAYS.replace("np.add.at(full, key, g)", "full[key] = g"), program)
    assert check.evidence.value.startswith("a.grad[")


def test_a_slip_is_recognised_in_all_gradients(first):
    check = first(RIGHT.replace("grad=1.0", "grad=-1.0"))

    assert check.evidence.diagnosis["name"] == "Wrong sign"
    assert check.evidence.diagnosis["sentence"].startswith("grad has the wrong sign")


def test_the_names_of_an_engine_are_the_authors(first):
    renamed = RIGHT
    for old, new in (("data", "value"), ("grad", "slope"), ("backward", "back")):
        renamed = renamed.replace(f".{old}", f".{new}").replace(f"def {old}", f"def {new}")
    old = 'operators = ["add", "mul", "getitem"]'
    names = {
        "replace": (old, f'{old}, data = "value", grad = "slope", backward = "back"'),
        "baseline": renamed,
    }

    check = first(renamed.replace("self.slope +=", "self.slope ="), **names)

    assert first(renamed, **names).outcome is Outcome.PASSED
    assert check.evidence.value == "a.slope"
    assert "b.back()" in check.evidence.input


def test_a_shim_that_answers_otherwise_is_no_answer(first):
    forged = """
import sys
operations = sys.modules["inside.operations"].Operations
operations.do_differentiate = lambda self, *parameters: {"passed": True}
"""

    assert first(RIGHT + forged).outcome is Outcome.BAD_ANSWER


@pytest.mark.parametrize(
    ("program", "why"),
    [
        (
            '{"leaves": [1.0], "nodes": [{"op": "sub", "of": [0, 0]}]}',
            "sub is neither an operator nor a method",
        ),
        (
            '{"leaves": [1.0], "nodes": [{"op": "add", "of": [0, 0.5], "times": 40000}]}',
            "at most 30000 operations",
        ),
        ('{"leaves": [np.ones(2)], "nodes": [{"op": "add", "of": [0, 0]}]}', "one number is due"),
        ('{"leaves": [1000.0], "nodes": [{"op": "exp", "of": [0]}]}', "not finite"),
        ('{"leaves": [1.0]}', "KeyError"),
    ],
)
def test_a_program_that_is_none_is_the_authors_error(first, program, why):
    with pytest.raises(ReferenceError_, match=why):
        first(RIGHT, program)


def test_no_counterexample_lies_on_a_kink(first):
    """Where more than one slope is right, a program shows nothing: the leaf is not made 0."""
    methods = ('methods = ["exp", "total"]', 'methods = ["exp", "total", "relu"]')
    relu = RIGHT + (
        "\n    def relu(self):\n        return Value(max(self.data, 0.0), ((self, float(self.data > {})),))\n"
    )
    program = '{"leaves": [-0.37], "nodes": [{"op": "relu", "of": [0]}]}'

    check = first(relu.format(-2), program, replace=methods, baseline=relu.format(0))

    assert check.evidence.shrunk
    assert check.evidence.input.startswith("a = Value(-0.4)")


def test_an_example_is_shown_as_code(sandbox):
    arguments = '{ leaves = [2.0], nodes = [{ op = "mul", of = [0, -3.0] }] }'
    example = f'[[examples]]\nentry = "Value"\narguments = {arguments}\n'
    exercise = make_exercise((ENGINE[0], ENGINE_TOML + example, ENGINE[2]))

    shown = run_examples(exercise, RIGHT, sandbox=sandbox).examples[0]

    assert shown.input == "a = Value(2.0)\nb = a * (-3.0)\nb.backward()"
    assert shown.outcome is Outcome.PASSED
    assert shown.got == shown.expected == "(-6.0, -3.0)"
