"""An engine's detach, no_grad and release: what follows in numbers, and what only a box sees."""

import pytest

from grader import grade
from grader.errors import ReferenceError_
from grader.outcome import Outcome
from tests.grader.factories import ENGINE_REFERENCE, ENGINE_TOML, make_exercise

TOML = ENGINE_TOML.replace('methods = ["exp", "total"]', 'methods = ["detach", "total"]').replace(
    '"getitem"] }', '"getitem"], no_grad = "no_grad", release = true }'
)
RIGHT = """
import numpy as np

class no_grad:
    depth = 0
    def __enter__(self):
        no_grad.depth += 1
    def __exit__(self, *error):
        no_grad.depth -= 1

class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad, self.gone = data, 0.0, False
        self.parents = () if no_grad.depth else parents

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def __add__(self, other):
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def total(self):
        return Value(float(self.data.sum()), ((self, np.ones_like(self.data)),))

    def detach(self):
        return Value(self.data)

    def backward(self, grad=1.0):
        if self.gone:
            raise RuntimeError("gone")
        self.grad = self.grad + grad
        for parent, slope in self.parents:
            parent.backward(grad * slope)
        if self.parents:
            self.parents, self.gone = (), True
"""
CUBE = '{"leaves": [3.0], "nodes": [{"op": "mul", "of": [0, 0]%s}, {"op": "mul", "of": [1, 0]}]}'
IN_A_BLOCK = CUBE % ', "no_grad": 1'
INTERRUPTED = (
    CUBE.replace("]}]}", ']}, {"op": "mul", "of": [2, 0]}]}') % ', "no_grad": 2, "interrupted": True'
)
TWICE = '{"leaves": [3.0], "nodes": [{"op": "mul", "of": [0, 0]}], "outputs": [1, 1], "refused": [1]}'
CHAIN = """{
    "leaves": [2.0], "outputs": [3],
    "nodes": [
        {"op": "mul", "of": [0, 0], "no_grad": 1},
        {"op": "mul", "of": [1, 0], "no_grad": 2},
        {"op": "mul", "of": [2, 0], "no_grad": 1},
    ],
}"""


@pytest.fixture
def first(sandbox):
    """The result of the one check for a source, on the author's program."""

    def graded(source, program, *, points=2, toml=TOML):
        text = toml.replace("points = 2", f"points = {points}")
        reference = (
            f"{ENGINE_REFERENCE}\nimport numpy as np\ndef programs(rng, group):\n    return [{program}]\n"
        )
        exercise = make_exercise(("engine", text, reference), baseline=RIGHT)
        return grade(exercise, source, sandbox=sandbox, seed=1).checks[0]

    return graded


@pytest.mark.parametrize("program", [IN_A_BLOCK, INTERRUPTED, TWICE, CHAIN])
def test_an_engine_that_lets_go_passes(first, program):
    assert first(RIGHT, program).outcome is Outcome.PASSED


def test_what_is_detached_is_a_constant(first):
    program = '{"leaves": [3.0], "nodes": [{"op": "detach", "of": [0]}, {"op": "mul", "of": [1, 0]}]}'

    assert first(RIGHT, program).outcome is Outcome.PASSED
    check = first(RIGHT.replace("return Value(self.data)", "return self"), program)
    assert check.evidence.input.startswith("a = Value(1.0)\nb = a.detach()")


def test_what_is_made_in_a_block_is_a_constant_and_the_block_is_shown(first):
    check = first(RIGHT.replace("() if no_grad.depth else parents", "parents"), IN_A_BLOCK)

    assert check.evidence.value == "a.grad"
    assert check.evidence.input == "a = Value(1.0)\nwith no_grad():\n    b = a * a\nb.backward()"


def test_the_end_of_an_inner_block_does_not_end_the_outer_one(first):
    check = first(RIGHT.replace("no_grad.depth -= 1", "no_grad.depth = 0"), CHAIN)

    assert check.outcome is Outcome.MISMATCH
    assert "with no_grad():\n    with no_grad():\n        b = a * a\n    c = b * a" in check.evidence.input


def test_a_block_may_be_ended_by_an_exception(first):
    late = RIGHT.replace("__exit__(self, *error)", "__exit__(self, kind, *more)")
    late = late.replace("no_grad.depth -= 1", "no_grad.depth -= not kind")

    check = first(late, INTERRUPTED)

    assert check.outcome is Outcome.MISMATCH
    assert check.evidence.input.startswith(
        "a = Value(1.0)\ntry:\n    with no_grad():\n        b = a * a\n        raise ValueError\n"
        '    print("never printed")\n'
        "except ValueError:\n    pass\n"
    )


@pytest.mark.parametrize("what", ["True", "error and error[0] is ValueError"])
def test_an_exception_that_goes_no_further_than_its_block_is_reported_where_there_are_no_points(first, what):
    swallows = RIGHT.replace("no_grad.depth -= 1", f"no_grad.depth -= 1\n        return {what}")

    check = first(swallows, INTERRUPTED, points=0)

    assert check.outcome is Outcome.SIDE_EFFECT
    assert "an exception that was raised in a block went no further" in check.sentence
    assert "raise ValueError" in check.evidence.input
    assert first(swallows, IN_A_BLOCK, points=0).outcome is Outcome.PASSED
    assert first(swallows, INTERRUPTED, points=1).outcome is Outcome.PASSED
    assert first(RIGHT, INTERRUPTED, points=0).outcome is Outcome.PASSED


def test_a_pass_that_should_be_refused_and_is_not(first):
    check = first(RIGHT.replace("if self.gone:", "if False:"), TWICE)

    assert check.outcome is Outcome.MISMATCH
    assert check.sentence.startswith("b.backward() goes through values that an earlier pass has let go")
    assert check.evidence.input.endswith("b.backward()\nb.backward()  # a RuntimeError is due")


@pytest.mark.parametrize("name", ["RecursionError", "NotImplementedError", "ValueError"])
def test_another_exception_is_no_refusal(first, name):
    assert first(RIGHT.replace("RuntimeError", name), TWICE).outcome is Outcome.RAISED


def test_a_refused_pass_that_has_changed_a_gradient(first):
    adds = RIGHT.replace(
        "self.parents, self.gone = ()", "self.old, self.parents, self.gone = self.parents[0][0], ()"
    )
    adds = adds.replace("raise RuntimeError", "self.old.grad += 1.0\n            raise RuntimeError")

    check = first(adds, TWICE)

    assert check.evidence.value == "a.grad"


PASSES = """{
    "leaves": [np.linspace(1, 2, 300_000)], "outputs": list(range(2, 26, 2)),
    "nodes": [{"op": op, "of": [k]} if op == "total" else {"op": op, "of": [0, 0]}
              for k in range(1, 25, 2) for op in ("mul", "total")],
}"""
WEIGHED = TOML.replace('kind = "program"', 'kind = "memory"\nthreshold = 2.0')
KEEPS = RIGHT.replace("self.parents, self.gone = (), True", "self.gone = True")


def test_values_that_outlive_their_use_are_reported_where_there_are_no_points(first):
    check = first(KEEPS, CUBE % "", points=0)

    assert check.outcome is Outcome.SIDE_EFFECT
    assert "1 value between the leaves and the results outlived" in check.sentence
    assert first(RIGHT, CUBE % "", points=0).outcome is Outcome.PASSED


def test_they_are_not_looked_for_where_there_are_points_or_the_engine_need_not_release(first):
    assert first(KEEPS, CUBE % "", points=1).outcome is Outcome.PASSED
    stays = TOML.replace(", release = true", "")
    assert first(KEEPS, CUBE % "", points=0, toml=stays).outcome is Outcome.PASSED


def test_an_object_that_cannot_be_watched_is_not(first):
    slots = KEEPS.replace("class Value:", 'class Value:\n    __slots__ = ("data", "grad", "gone", "parents")')

    assert first(slots, CUBE % "", points=0).outcome is Outcome.PASSED


def test_memory_of_an_engine_is_that_of_its_programs(first):
    assert first(RIGHT, PASSES, toml=WEIGHED).outcome is Outcome.PASSED
    check = first(KEEPS, PASSES, toml=WEIGHED)
    assert check.outcome is Outcome.TOO_MUCH_MEMORY
    assert check.evidence.memory["low"] > 2


def test_a_box_that_lies_about_what_is_alive_deceives_only_where_there_are_no_points(first):
    lies = KEEPS + 'import sys\nsys.modules["inside.graphs"].Graph.still_alive = lambda self: 0\n'

    assert first(lies, CUBE % "", points=0).outcome is Outcome.PASSED
    assert first(lies, PASSES, toml=WEIGHED).outcome is Outcome.TOO_MUCH_MEMORY


def test_a_switch_that_is_left_off_spoils_no_other_program(first):
    off = RIGHT.replace("no_grad.depth -= 1", "pass")
    after = '{"leaves": [2.0], "nodes": [{"op": "mul", "of": [0, 0]}]}'

    check = first(off, f"{INTERRUPTED}, {after}")

    assert "with no_grad():" in check.evidence.input


@pytest.mark.parametrize(
    ("program", "why"),
    [
        (TWICE.replace("[1]}", "[0]}"), "only passes after the first can be refused"),
        (CUBE % ', "interrupted": True', "interrupted, and in no block"),
        (CUBE % ', "no_grad": 9', "0 to 4 blocks"),
    ],
)
def test_a_program_that_cannot_be_is_the_authors_error(first, program, why):
    with pytest.raises(ReferenceError_, match=why):
        first(RIGHT, program)
