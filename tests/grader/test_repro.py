"""The script of a student's bundle judges as the grader did. A student's code runs in a box here, too."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader import repro
from grader.compare import Leaf, compare
from grader.exercise import ToleranceRule
from grader.finding import Finding
from grader.judge import grade
from grader.outcome import Outcome
from grader.sandbox import Runtime
from grader.structure import Precision, gate
from grader.student_bundle import _rule, student_bundle
from grader.tolerance import tolerance_for
from tests.grader.at_home import run_at_home
from tests.grader.factories import APPLY, DESCENT, DOUBLE, SQUARE, make_exercise

SQUARE_RIGHT = "return 2 * scale * x * dy, (x**2 * dy).sum(axis=0)"


def square(line: str) -> str:
    return f"import numpy as np\ndef square_backward(x, scale, dy):\n    {line}\n"


def descent(update: str) -> str:
    return (
        "class Descent:\n"
        "    def __init__(self, params, lr=0.1):\n"
        "        self.params, self.lr = params, lr\n"
        "    def step(self, grads):\n"
        "        for i, (p, g) in enumerate(zip(self.params, grads)):\n"
        f"            if g is not None:\n                {update}\n"
    )


PROGRAMS = [
    (DOUBLE, "def double(x):\n    return x + x"),
    (DOUBLE, "def double(x):\n    return x / 2"),
    (DOUBLE, "def double(x):\n    return (2 * x)[:1]"),
    (DOUBLE, "def double(x):\n    return list(2 * x)"),
    (DOUBLE, "def double(x):\n    return (2 * x).astype('f4')"),
    (DOUBLE, "def double(x):\n    return 0 * x / 0"),
    (DOUBLE, "def double(x):\n    return x + y"),
    (DOUBLE, "def double(x):\n    pass"),
    (DOUBLE, "def double(x:\n    pass"),
    (DOUBLE, "raise ValueError('at once')"),
    (DOUBLE, "triple = 3"),
    (SQUARE, square(SQUARE_RIGHT)),
    (SQUARE, square("return 2 * scale * x * dy, (x**2 * dy).mean(axis=0)")),
    (SQUARE, square("return [2 * scale * x * dy, (x**2 * dy).sum(axis=0)]")),
    (SQUARE, square("return (2 * scale * x * dy,)")),
    (APPLY, "def apply(f, x):\n    return f(f(x))"),
    (APPLY, "def apply(f, x):\n    f(x)\n    return f(f(x))"),
    (APPLY, "def apply(f, x):\n    return f(x)"),
    (DESCENT, descent("p -= self.lr * g")),
    (DESCENT, descent("p += self.lr * g")),
    (DESCENT, descent("self.params[i] = p - self.lr * g")),
    (DESCENT, descent("p -= 0.2 * g")),
]


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize(("parts", "source"), PROGRAMS)
def test_the_script_fails_and_passes_where_the_verdict_did(sandbox, parts, source):
    group = ("any", "f8") if parts is SQUARE else ("", "")
    exercise = make_exercise(parts, replace=group)
    verdict = grade(exercise, source, sandbox=sandbox, seed=5)

    run = run_at_home(student_bundle(exercise, source, verdict, sandbox=sandbox), sandbox)

    assert run.code == (0 if verdict.passed else 1)
    assert "not what the verdict said" not in run.printed
    assert ("✓" if verdict.passed else "✗") + f" {verdict.checks[0].name}" in run.printed


def test_the_script_says_what_differs_and_where(sandbox):
    exercise, source = make_exercise(), "def double(x):\n    return x / 2\n"
    verdict = grade(exercise, source, sandbox=sandbox, seed=5)

    run = run_at_home(student_bundle(exercise, source, verdict, sandbox=sandbox), sandbox)

    assert "✗ Doubled\n    Input 1: y[" in run.printed
    assert "is expected (off by" in run.printed
    assert "1 of 1 checks fail." in run.printed


@pytest.mark.parametrize(
    ("parts", "source", "sentence"),
    [
        (DOUBLE, "def double(x):\n    x *= 2\n    return x.copy()\n", "an argument was changed in place"),
        (DESCENT, descent("p -= self.lr * g; g *= 0"), "the gradients were changed in place"),
    ],
)
def test_a_changed_input_is_seen_in_a_check_without_points(sandbox, parts, source, sentence):
    exercise = make_exercise(parts, replace=("points = 2", "points = 0"))
    verdict = grade(exercise, source, sandbox=sandbox)

    run = run_at_home(student_bundle(exercise, source, verdict, sandbox=sandbox), sandbox)

    assert verdict.checks[0].outcome is Outcome.SIDE_EFFECT
    assert run.code == 1
    assert sentence in run.printed


def test_a_mended_program_passes_at_home_and_the_script_says_that_this_is_new(sandbox):
    exercise, source = make_exercise(), "def double(x):\n    return x / 2\n"
    verdict = grade(exercise, source, sandbox=sandbox)

    run = run_at_home(
        student_bundle(exercise, source, verdict, sandbox=sandbox),
        sandbox,
        double="def double(x):\n    return 2 * x\n",
    )

    assert run.code == 0
    assert "✓ Doubled (3 inputs)\n    This is not what the verdict said: mismatch." in run.printed


def test_a_function_that_is_handed_over_answers_where_a_right_solution_calls_it(sandbox):
    exercise = make_exercise(APPLY, baseline="def apply(f, x):\n    y = f(x)\n    return f(y)\n")
    source = "def apply(f, x):\n    return f(x)\n"
    bundle = student_bundle(exercise, source, grade(exercise, source, sandbox=sandbox), sandbox=sandbox)

    right = run_at_home(bundle, sandbox, apply="def apply(f, x):\n    return f(f(x))\n")
    astray = run_at_home(bundle, sandbox, apply="def apply(f, x):\n    return f(x + 7)\n")

    assert right.code == 0
    assert "f was called where this bundle has no answer" in astray.printed


def test_tensors_are_compared_in_an_exercise_in_torch(sandbox):
    reference = (
        "import torch\n"
        "def cases(rng, group):\n    return [{'x': torch.tensor(rng.normal(size=(2, 50)))}]\n"
        "def expected(x):\n    return 2 * x\n"
    )
    exercise = make_exercise(reference=reference, runtime="torch")

    for source, code in (("x + x", 0), ("x / 2", 1), ("(x + x).numpy()", 1)):
        text = f"def double(x):\n    return {source}\n"
        verdict = grade(exercise, text, sandbox=sandbox)
        bundle = student_bundle(exercise, text, verdict, sandbox=sandbox)
        run = run_at_home(bundle, sandbox, runtime=Runtime.TORCH)
        assert run.code == code == int(not verdict.passed)
        assert "not what the verdict said" not in run.printed


# the comparison by itself

FLOATS = st.floats(-4, 4, width=32) | st.sampled_from([np.nan, np.inf, -np.inf, 0.0])
RULES = st.sampled_from(
    [
        None,
        ToleranceRule(reason="", rtol=0.1, atol=0.0),
        ToleranceRule(reason="", rtol=0.0, atol=0.5),
        ToleranceRule(reason="", factor=1e15),
    ]
)


@settings(max_examples=300, deadline=None)
@given(
    got=st.lists(FLOATS, min_size=2, max_size=2),
    expected=st.lists(FLOATS, min_size=2, max_size=2),
    rule=RULES,
    magnitude=st.sampled_from([0.0, 1.0, 1e3]),
    dtype=st.sampled_from(["float64", "float32", "float16"]),
)
def test_numbers_pass_here_exactly_where_they_pass_there(got, expected, rule, magnitude, dtype):
    due, one = np.array(expected), np.array(got).astype(dtype)
    given_ = {"x": np.ones(2)}
    tolerance = tolerance_for(given_, rule=rule, magnitudes=lambda: (magnitude,))
    precision = Precision.of(given_, Runtime.NUMPY)

    gated = gate(one, due, names=("y",), precision=precision)
    passes = not isinstance(gated, Finding) and compare(gated[0], tolerance) is None

    case = {"dtypes": list(precision.allowed), "bound": _rule(tolerance)}
    assert repeats(one, due, ["y"], case) == passes


@pytest.mark.parametrize("error", [1e-16, 1e-14, 1e-12, 1e-9, 1e-7, 1e-3, 10.0])
@pytest.mark.parametrize("magnitude", [0.0, 1.0, 1e3, 1e9, 1e12])
def test_what_cancels_is_measured_by_its_terms_here_as_there(error, magnitude):
    due, one = np.array([1e-9, 0.0]), np.array([1e-9 + error, 0.0])
    tolerance = tolerance_for({"x": np.ones(2)}, magnitudes=lambda: (magnitude,))

    passes = compare(Leaf("y", one, due, 0), tolerance) is None

    assert repeats(one, due, ["y"], {"dtypes": ["float64"], "bound": _rule(tolerance)}) == passes


LEAF = st.sampled_from(
    [None, True, False, 0, 1, 2.0, 1.0, "a", "b", np.float64(1.0), np.ones(2), np.array(1.0)]
)
NESTED = st.recursive(
    LEAF,
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.lists(inner, max_size=2).map(tuple)
        | st.dictionaries(st.sampled_from("ab"), inner, max_size=2)
    ),
    max_leaves=4,
)


@settings(max_examples=400, deadline=None)
@given(got=NESTED, expected=NESTED)
def test_structures_pass_here_exactly_where_they_pass_there(got, expected):
    tolerance = tolerance_for({})
    precision = Precision.of({}, Runtime.NUMPY)

    gated = gate(got, expected, names=("y",), precision=precision)
    passes = not isinstance(gated, Finding) and not any(compare(leaf, tolerance) for leaf in gated)

    case = {"dtypes": list(precision.allowed), "bound": _rule(tolerance)}
    assert repeats(got, expected, ["y"], case) == passes


def repeats(got, expected, names, case) -> bool:
    try:
        repro.compare_all(got, expected, names, case)
    except repro.Wrong:
        return False
    return True
