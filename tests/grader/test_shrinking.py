"""A failure is shown on the smallest input that has it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from grader import grade, load_exercise, reference, shrinking
from grader.outcome import Outcome
from tests.grader.factories import APPLY, APPLY_TOML, DOUBLE, DOUBLE_TOML, make_exercise

EXERCISES = Path(__file__).parents[2] / "exercises"
LINEAR = """
def linear_backward(x, W, dy):
    return {dx}, {dW}, {db}
"""
DB = "dy.reshape(-1, dy.shape[-1]).sum(axis=0)"
RIGHT = {"dx": "dy @ W", "dW": "dy.reshape(-1, dy.shape[-1]).T @ x.reshape(-1, x.shape[-1])", "db": DB}


@pytest.fixture(scope="module")
def linear():
    return load_exercise(EXERCISES / "04-backpropagation" / "18-linear-backward")


@pytest.fixture(scope="module")
def adamw():
    return load_exercise(EXERCISES / "08-optimizers" / "41-adamw")


def first_failure(exercise, source, sandbox, *, seed=1):
    verdict = grade(exercise, source, sandbox=sandbox, seed=seed)
    return next(check for check in verdict.checks if not check.passed)


def arrays(evidence):
    """What the input that is shown makes."""
    made = {"np": np}
    exec(evidence.input, made)  # noqa: S102  our own text
    return {name: value for name, value in made.items() if isinstance(value, np.ndarray)}


def linear_with(**wrong):
    return "import numpy as np\n" + LINEAR.format(**{**RIGHT, **wrong})


def test_a_wrong_function_fails_on_a_tiny_input(linear, sandbox):
    failure = first_failure(linear, linear_with(db=DB.replace("sum", "mean")), sandbox)
    assert failure.evidence.shrunk
    shown = arrays(failure.evidence)
    assert max(max(array.shape) for array in shown.values()) <= 2  # one row would hide the mistake
    assert sum(np.count_nonzero(array) for array in shown.values()) == 1


def test_what_is_shown_is_an_input_on_which_it_fails_as_the_sentence_says(linear, sandbox):
    failure = first_failure(linear, linear_with(dx="2 * dy @ W"), sandbox)
    shown = arrays(failure.evidence)
    index = tuple(int(part) for part in failure.evidence.value.removeprefix("dx[").rstrip("]").split(", "))
    assert failure.evidence.got == pytest.approx((2 * shown["dy"] @ shown["W"])[index])
    assert failure.evidence.expected == pytest.approx((shown["dy"] @ shown["W"])[index])


def test_the_same_seed_shows_the_same_input(linear, sandbox):
    source = linear_with(dW="np.zeros_like(W)")
    shown = {first_failure(linear, source, sandbox).evidence.input for _ in range(2)}
    assert len(shown) == 1


def test_an_exception_keeps_its_kind(linear, sandbox):
    source = linear_with().replace("    return", "    if dy.sum() > 0: raise KeyError(x.shape)\n    return")
    failure = first_failure(linear, source, sandbox)
    assert failure.outcome is Outcome.RAISED
    assert failure.evidence.exception.startswith("KeyError")
    assert max(max(array.shape) for array in arrays(failure.evidence).values()) == 1


def test_an_optimizer_fails_after_as_few_steps_as_it_takes(adamw, sandbox):
    failure = first_failure(adamw, adamw.files["solutions/swapped_betas.py"], sandbox)
    assert failure.evidence.input.count("optimizer.step(") == 2  # with one step the mistake does not show
    assert failure.evidence.step == 2


def test_the_paths_are_those_on_the_whole_input(adamw, sandbox):
    failure = first_failure(adamw, adamw.files["solutions/l2_folded_in.py"], sandbox)
    assert failure.evidence.shrunk
    assert len(failure.evidence.path["yours"]) == len(failure.evidence.path["reference"]) == 13


def test_no_input_is_shown_on_which_the_right_answer_has_become_infinite(sandbox):
    due = "1 / np.abs(x).sum(keepdims=True)"
    right = f"import numpy as np\ndef double(x):\n    return {due}\n"
    toml = DOUBLE_TOML.partition("[[solutions]]")[0]
    exercise = make_exercise(
        ("double", toml, DOUBLE[2].replace("return 2 * x", f"return {due}")), baseline=right
    )
    failure = first_failure(exercise, right.replace("1 /", ""), sandbox)

    assert failure.evidence.shrunk
    assert np.count_nonzero(arrays(failure.evidence)["x"]) > 0


def test_no_input_is_shown_on_which_the_baseline_fails(linear, sandbox):
    """Here only inputs with a row of their own tell right from wrong: all smaller ones are refused."""
    strict = linear_with().replace("    return", "    if len(x) == 1: return None\n    return")
    exercise = replace(linear, files={**linear.files, "baseline.py": strict})
    failure = first_failure(exercise, linear_with(db=DB.replace("sum", "max")), sandbox)
    assert arrays(failure.evidence)["x"].shape[0] > 1


def test_an_array_without_axes_stays_one(sandbox):
    toml = DOUBLE_TOML.partition("[[solutions]]")[0]
    reference = DOUBLE[2].replace("rng.normal(size=n)", "np.array(rng.uniform(3, 4))")
    source = "import numpy as np\ndef double(x):\n    return np.array({})\n"
    exercise = make_exercise(("double", toml, reference), baseline=source.format("2 * x"))

    failure = first_failure(exercise, source.format("2 * x if x < 2.5 else x"), sandbox)

    assert failure.outcome is Outcome.MISMATCH
    assert failure.evidence.input in ("x = np.array(3.0)", "x = np.array(4.0)")


def test_it_ends_after_so_many_tries(linear, sandbox, monkeypatch):
    monkeypatch.setattr(shrinking, "MAX_TRIES", 0)
    failure = first_failure(linear, linear_with(dx="2 * dy @ W"), sandbox)
    assert not failure.evidence.shrunk
    assert failure.outcome is Outcome.MISMATCH


def test_code_that_hangs_on_a_smaller_input_is_shown_the_one_it_failed_on(linear, sandbox):
    source = linear_with(dx="2 * dy @ W").replace(
        "    return", "    while x.size == 1 or x.shape[0] == 1: pass\n    return"
    )
    exercise = replace(linear, limits=replace(linear.limits, cpu_s=0.5, wall_s=1.0))
    failure = first_failure(exercise, source, sandbox)
    assert failure.outcome is Outcome.MISMATCH


def test_what_is_printed_while_shrinking_is_not_shown(linear, sandbox):
    source = linear_with(dx="2 * dy @ W").replace("    return", "    print(x.shape)\n    return")
    failure = first_failure(linear, source, sandbox)
    assert "(1, 1)" not in failure.evidence.stdout


def test_numbers_count_as_simpler_when_there_is_less_to_read():
    assert shrinking._is_simpler(np.array([1.0, 0.0]), np.array([1.0, 2.0]))
    assert not shrinking._is_simpler(np.array([2.0, 1.0]), np.array([1.0, 2.0]))


def test_axes_of_one_length_are_cut_together():
    given = {"x": np.zeros((3, 5)), "w": np.zeros((5, 2)), "n": 5}
    shapes = [(one["x"].shape, one["w"].shape) for one in shrinking._shorter_axes(given)]
    assert ((3, 1), (1, 2)) in shapes
    assert ((1, 5), (5, 2)) in shapes
    assert all(x[1] == w[0] for x, w in shapes)


QUADRATIC = """
import numpy as np

def cases(rng, group):
    return [{"f": square, "x": rng.normal(size=n)} for n in (5, 7)]

def square(x):
    x = np.asarray(x, dtype=float).reshape(-1, 1)
    return (x @ x.T).diagonal().copy()

def expected(f, x):
    return 2 * np.asarray(x)
"""
ENDS_THE_REFERENCE = """
import numpy as np
calls = []
def apply(f, x):
    calls.append(1)
    if len(calls) <= 2:
        return 2 * x + 1.0
    try:
        f(np.zeros(131_000))
    except Exception:
        pass
    return 2 * x * (1 + 1e-11)
"""


def test_code_that_ends_the_references_box_is_not_taken_for_the_authors_fault(sandbox):
    toml = APPLY_TOML.replace(
        "calls = { f = { exactly = 2 } }", 'tolerance = { factor = 16.0, reason = "-" }'
    )
    exercise = make_exercise(("apply", toml, QUADRATIC), baseline="def apply(f, x):\n    return 2 * x\n")
    assert first_failure(exercise, ENDS_THE_REFERENCE, sandbox).outcome is Outcome.MISMATCH


@pytest.mark.parametrize("ends", ["if len(x) == 1: os._exit(1)", "while len(x) == 1: pass"])
def test_a_reference_that_ends_on_a_smaller_input_answers_the_next_check(sandbox, monkeypatch, ends):
    monkeypatch.setattr(reference, "ANSWER_S", 0.3)
    fragile = DOUBLE[2].replace("return 2 * x", f"{ends}\n    return 2 * x")
    toml = DOUBLE_TOML.partition("[[solutions]]")[0]
    toml += toml[toml.index("[[checks]]") :].replace("Doubled", "Again")
    exercise = make_exercise(
        ("double", toml, "import os\n" + fragile), baseline="def double(x): return x + x"
    )
    verdict = grade(exercise, "def double(x): return 3 * x", sandbox=sandbox)
    assert [check.outcome for check in verdict.checks] == [Outcome.MISMATCH, Outcome.MISMATCH]
    assert verdict.seconds < 10


def test_of_code_that_keeps_something_it_is_said_that_the_input_alone_is_right(sandbox):
    keeps = "kept = []\ndef double(x):\n    kept.append(0)\n    return 2 * x + len(kept) - 1\n"
    check = first_failure(make_exercise(baseline="def double(x):\n    return 2 * x\n"), keeps, sandbox)

    assert check.sentence.endswith("on what an earlier call left behind.")
    assert not check.evidence.shrunk


def test_a_number_is_made_round(sandbox):
    exercise = make_exercise(APPLY, baseline="def apply(f, x):\n    return f(f(x))\n")
    failure = first_failure(exercise, "def apply(f, x):\n    return f(f(x)) + 1.0\n", sandbox)
    assert failure.evidence.input == "f = ...  # a function\nx = 0.0"


def test_an_expression_is_pruned_to_what_fails(sandbox):
    exercise = load_exercise(EXERCISES / "01-derivatives" / "05-diff")
    source = exercise.baseline.replace(
        '("add", ("mul", diff(a), b), ("mul", a, diff(b)))', '("mul", diff(a), b)'
    )
    failure = first_failure(exercise, source, sandbox)
    assert failure.evidence.shrunk
    made = {}
    exec(failure.evidence.input, made)  # noqa: S102  our own text
    operator, *parts = made["expr"]
    assert operator == "mul"
    assert not any(isinstance(part, tuple) for part in parts)
    assert "x" in parts


def test_pruning_takes_parts_for_the_whole_and_rounder_numbers_and_ends():
    tree = ("mul", ("sin", "x"), 2.75)
    assert list(shrinking._pruned(tree)) == [
        ("sin", "x"),
        2.75,
        ("mul", "x", 2.75),
        ("mul", ("sin", "x"), 1.0),
        ("mul", ("sin", "x"), 2.0),
    ]
    assert list(shrinking._pruned("x")) == list(shrinking._pruned(1.0)) == []


def test_a_function_is_asked_for_fewer_steps():
    assert [one["steps"] for one in shrinking._fewer_steps({"x0": 1.0, "steps": 40})] == [1, 2, 3, 20]
    assert list(shrinking._fewer_steps({"steps": True})) == []


def test_a_shape_is_cut_with_the_axes_of_the_same_length():
    shortened = list(shrinking._shorter_axes({"dy": np.zeros((2, 5)), "shape": (1, 5)}))
    assert {(one["dy"].shape[1], one["shape"]) for one in shortened if one["dy"].shape[0] == 2} == {
        (n, (1, n)) for n in (1, 2, 3, 4)
    }


def test_an_upstream_whose_length_follows_from_others_is_drawn_anew(sandbox):
    exercise = load_exercise(EXERCISES / "02-gradients" / "12-index-gymnastics")
    failure = first_failure(exercise, exercise.files["solutions/conv_mean.py"], sandbox)
    assert failure.evidence.extent["axis"] <= 3
    shown = arrays(failure.evidence)
    assert len(shown["dy"]) == len(shown["x"]) - len(shown["w"]) + 1


def test_whole_numbers_that_may_be_indices_stay_within_the_axis_that_is_cut():
    given = {"W": np.zeros((5, 2)), "ids": np.array([4, 0, 3, -100]), "vocab": 5, "padding": None}
    folded = [one for one in shrinking._shorter_axes(given) if one["vocab"] == 3]
    assert [(one["W"].shape, one["ids"].tolist()) for one in folded] == [((3, 2), [1, 0, 0, -100])]


def test_classes_are_left_out_although_labels_name_them(sandbox):
    exercise = load_exercise(EXERCISES / "04-backpropagation" / "20-cross-entropy-backward")
    failure = first_failure(exercise, exercise.files["solutions/sign_turned.py"], sandbox)
    assert failure.evidence.extent["axis"] <= 3


@pytest.fixture(scope="module")
def accumulation():
    return load_exercise(EXERCISES / "08-optimizers" / "44-accumulate")


def test_rows_and_lots_are_cut_together(accumulation, sandbox):
    failure = first_failure(accumulation, accumulation.files["solutions/mean_of_means.py"], sandbox)
    assert failure.evidence.extent["axis"] <= 3
    made = {}
    exec(failure.evidence.input, {"np": np}, made)  # noqa: S102  our own text
    assert (len(made["x"]), made["size"]) == (3, 2)


def test_a_schedule_is_no_longer_than_the_steps_that_use_it(accumulation, sandbox):
    failure = first_failure(accumulation, accumulation.files["solutions/schedule_advances.py"], sandbox)
    assert failure.evidence.extent == {"axis": 2, "steps": 2, "nodes": 0}


def test_lists_of_numbers_are_cut_and_made_round_wherever_they_are():
    given = {"params": [np.zeros(2)], "options": {"lrs": [0.123, 0.456], "names": ["a", "b"]}, "rates": [0.5]}
    assert [one["options"]["lrs"] for one in shrinking._shorter_lists(given)] == [[0.123]]
    rounder = shrinking._rounder_list(given, ("options", "lrs"))
    assert [one["options"]["lrs"] for one in rounder] == [[0.1, 0.5], [0.12, 0.46]]
    assert list(shrinking._rounder_list(given, ("params",))) == []
    assert list(shrinking._shorter_lists({"leaves": [1.0, 2.0], "nodes": []})) == []


def test_counts_are_made_smaller_and_seeds_and_steps_are_not():
    given = {"x": np.zeros(2), "size": 3, "rng": 7, "steps": 9, "strict": True, "options": {"every": 2}}
    smaller = list(shrinking._smaller_counts(given))
    assert [one["size"] for one in smaller if len(one["x"]) == 2] == [1, 2, 3]
    assert {one["options"]["every"] for one in smaller} == {1, 2}
    assert all((one["rng"], one["steps"], one["strict"]) == (7, 9, True) for one in smaller)
