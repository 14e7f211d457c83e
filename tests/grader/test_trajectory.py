"""An optimizer is driven from outside, and compared after every step."""

import pytest

from grader import grade
from grader.outcome import Outcome
from tests.grader.factories import DESCENT, make_exercise

RIGHT = """
class Descent:
    def __init__(self, params, lr=0.1):
        self.params, self.lr = params, lr

    def step(self, grads):
        for p, g in zip(self.params, grads):
            if g is not None:
                p -= self.lr * g
"""


@pytest.fixture
def first(sandbox):
    """The result of the one check for a source."""

    def graded(source):
        return grade(make_exercise(DESCENT), source, sandbox=sandbox).checks[0]

    return graded


def test_a_right_optimizer_passes(first):
    assert first(RIGHT).outcome is Outcome.PASSED


def test_the_first_wrong_step_is_named(first):
    check = first(
        RIGHT.replace("self.params, self.lr = params, lr", "self.params, self.lr, self.t = params, lr, 0")
        .replace("def step(self, grads):", "def step(self, grads):\n        self.t += 1")
        .replace("self.lr * g", "self.lr * g * (1 if self.t < 2 else 2)")
    )

    assert check.outcome is Outcome.MISMATCH
    assert check.evidence.step == 2
    assert check.sentence.startswith("After step 2, params[1][")
    assert len(check.evidence.path["yours"]) == len(check.evidence.path["reference"]) == 4


def test_an_attribute_is_written_between_steps(first):
    frozen = RIGHT.replace("self.params, self.lr = params, lr", "self.params, self.rate = params, lr")

    assert first(frozen.replace("self.lr * g", "self.rate * g")).evidence.step == 3


def test_new_arrays_are_no_change_of_the_old_ones(first):
    moved = "self.params = [p if g is None else p - self.lr * g for p, g in zip(self.params, grads)]"
    rebinds = RIGHT[: RIGHT.index("for p, g")] + moved

    assert "The arrays that you were given are as they were at the start" in first(rebinds).sentence


def test_new_arrays_in_the_list_are_no_change_of_the_old_ones(first):
    exchanges = RIGHT.replace(
        "for p, g in zip(self.params, grads):", "for i, g in enumerate(grads):"
    ).replace("p -= self.lr * g", "self.params[i] = self.params[i] - self.lr * g")

    assert "The list params has other arrays now, and those you were given" in first(exchanges).sentence


def test_arrays_that_are_written_to_in_another_step_are_not_said_to_stay(first):
    idles = RIGHT.replace("def step(self, grads):", "t = 0\n    def step(self, grads):\n        self.t += 1")

    check = first(idles.replace("if g is not None:", "if g is not None and self.t > 1:"))

    assert check.evidence.step == 1
    assert "start" not in check.sentence


def test_arrays_that_a_right_step_leaves_alone_are_not_said_to_stay(sandbox):
    still = DESCENT[2].replace("    return [{", "    steps[0]['grads'] = [np.zeros(2), None]\n    return [{")
    exercise = make_exercise((*DESCENT[:2], still))

    check = grade(exercise, RIGHT.replace("self.lr * g", "0 * g"), sandbox=sandbox).checks[0]

    assert check.evidence.step == 2
    assert "start" not in check.sentence


def test_gradients_that_were_changed_are_told_where_no_points_depend_on_it(sandbox):
    teaches = make_exercise(DESCENT, replace=("points = 2", "points = 0"))
    source = RIGHT.replace("p -= self.lr * g", "g *= self.lr\n                p -= g")

    check = grade(teaches, source, sandbox=sandbox).checks[0]

    assert check.outcome is Outcome.SIDE_EFFECT
    assert "grads" in check.sentence


def test_a_gradient_that_is_changed_a_step_later_is_told_too(sandbox):
    teaches = make_exercise(DESCENT, replace=("points = 2", "points = 0"))
    kept = RIGHT.replace(
        "def step(self, grads):",
        "def step(self, grads):\n        for old in getattr(self, 'old', []):\n"
        "            if old is not None:\n                old *= 0.5\n        self.old = list(grads)",
    )
    checks = [grade(teaches, source, sandbox=sandbox).checks[0] for source in (RIGHT, kept)]

    assert [check.outcome for check in checks] == [Outcome.PASSED, Outcome.SIDE_EFFECT]
    assert "grads" in checks[1].sentence


def test_a_step_that_raises_is_named(first):
    check = first(RIGHT.replace("if g is not None:", "if True:"))

    assert check.outcome is Outcome.RAISED
    assert check.evidence.step == 2
    assert check.evidence.line == 9


def test_what_raises_once_only_has_raised(first):
    once = RIGHT.replace(
        "def step(self, grads):", "def step(self, grads):\n        if new: raise KeyError(new.pop())"
    )

    check = first("new = [7]\n" + once)

    assert (check.outcome, check.evidence.exception) == (Outcome.RAISED, "KeyError: 7")


def test_a_constructor_that_raises_is_told(first):
    check = first(RIGHT.replace("lr=0.1", ""))

    assert check.outcome is Outcome.RAISED
    assert "TypeError" in check.sentence


def test_a_missing_method_is_told(first):
    assert "AttributeError" in first(RIGHT.replace("def step", "def update")).sentence


def test_parameters_that_became_something_else_are_refused(first):
    grows = RIGHT.replace("p -= self.lr * g", "p.resize(8, refcheck=False)")

    assert first(grows).outcome in (Outcome.SHAPE, Outcome.RAISED)


def test_an_optimizer_that_keeps_its_gradients_gains_nothing(first):
    """Gradients are sent anew: those of the step before cannot come back changed."""
    hoards = RIGHT.replace("def step(self, grads):", "def step(self, grads):\n        self.kept = grads")

    assert first(hoards).outcome is Outcome.PASSED


@pytest.mark.parametrize("path", ["[]", "self.do_drive_right(*parameters)[0][:1]"])
def test_a_path_that_lacks_steps_is_no_answer(first, path):
    """The shim shares a process with the student, so a path may end wherever they like."""
    shortened = f"""
import sys
operations = sys.modules["inside.operations"].Operations
operations.do_drive_right = operations.do_drive
operations.do_drive = lambda self, *parameters: ({path}, False, False)
"""

    assert first(shortened + RIGHT).outcome is Outcome.BAD_ANSWER


def test_a_path_is_no_larger_than_it_has_to_be(first):
    heaped = """
import sys, numpy
operations = sys.modules["inside.operations"].Operations
operations.do_drive = lambda self, *parameters: ([[numpy.zeros(1 << 20)]] * 3, False, False)
"""

    assert first(heaped + RIGHT).outcome is Outcome.MESSAGE_LIMIT
