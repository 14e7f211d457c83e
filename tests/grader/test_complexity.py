"""Growth with size is a slope on log-log axes, and too steep only when that is sure."""

import pytest

from grader import grade
from grader.checks import complexity
from grader.checks.complexity import exponent
from grader.errors import ReferenceError_
from grader.outcome import Outcome
from tests.grader.factories import DOUBLE_TOML, ENGINE, make_exercise

TIMED = DOUBLE_TOML.replace(
    'kind = "value"', 'kind = "complexity"\ngrowth = { sizes = [4, 8, 16], at_most = 1.5 }'
).partition("[[solutions]]")[0]
CASES = """
def cases(rng, group):
    return [{"x": rng.normal(size=n)} for n in (4, 8, 16)]

def expected(x):
    return 2 * x
"""
SLEEPS = "import time\ndef double(x):\n    time.sleep({})\n    return 2 * x\n"
COUNTED_TOML = """
[[entries]]
name = "total"
kind = "function"
signature = "total(f, n) -> y"
parameters = ["f", "n"]
returns = ["y"]

[[checks]]
name = "Calls"
kind = "complexity"
entry = "total"
group = "any"
points = 1
growth = {{ of = "f", sizes = [5, 10, 20, 40], at_most = {at_most} }}

[[solutions]]
file = "solutions/right.py"
outcome = "accepted"

[[solutions]]
file = "solutions/again.py"
outcome = "wrong"
fails = "Calls"
name = "Starts again each time"
sentence = "You call f for all earlier terms again."
hint = "Keep the sum."
"""
COUNTED_REFERENCE = """
def cases(rng, group):
    a = float(rng.normal())
    return [{"f": lambda k: a * k, "n": n} for n in (5, 10, 20, 40)]

def expected(f, n):
    return sum(f(k) for k in range(n))
"""
LINEAR = "def total(f, n):\n    return sum(f(k) for k in range(n))\n"
QUADRATIC = """
def total(f, n):
    y = 0.0
    for m in range(1, n + 1):
        y = sum(f(k) for k in range(m))
    return y
"""


def make_timed(**files):
    return make_exercise(
        ("double", TIMED, CASES), **{"solutions__right": None, "solutions__half": None, **files}
    )


def make_counted(at_most=1.2, **options):
    return make_exercise(
        ("total", COUNTED_TOML.format(at_most=at_most), COUNTED_REFERENCE),
        solutions__right=LINEAR,
        solutions__again=QUADRATIC,
        **options,
    )


@pytest.mark.parametrize("power", [0.0, 1.0, 2.0, 3.5])
def test_the_exponent_of_a_power_is_that_power(power):
    sizes = (3, 10, 50, 51)

    assert exponent(sizes, [0.01 * size**power for size in sizes]) == pytest.approx(power)


def test_no_calls_at_all_have_an_exponent_of_zero():
    assert exponent((1, 2, 4), [0.0, 0.0, 0.0]) == 0


def test_time_that_grows_with_the_cube_is_too_steep(sandbox):
    check = grade(make_timed(), SLEEPS.format("2e-5 * len(x)**3"), sandbox=sandbox).checks[0]

    assert check.outcome is Outcome.GROWTH
    assert check.evidence.growth["low"] > 1.5
    assert check.evidence.growth["sizes"] == [4, 8, 16]
    assert "twice the size takes" in check.sentence


def test_time_that_grows_in_proportion_is_not(sandbox):
    check = grade(make_timed(), SLEEPS.format("2e-3 * len(x)"), sandbox=sandbox).checks[0]

    assert check.outcome is Outcome.PASSED
    assert 0.3 < check.evidence.growth["exponent"] < 1.5
    assert "Time grows like size to the power" in check.sentence


def test_what_is_undecided_at_the_last_look_passes_and_says_so(sandbox, monkeypatch):
    monkeypatch.setattr(complexity, "median_interval", lambda sample: (1.2, 1.6, 1.9))

    check = grade(make_timed(), "def double(x):\n    return 2 * x", sandbox=sandbox).checks[0]

    assert check.outcome is Outcome.PASSED
    assert "undecided" in check.sentence


@pytest.mark.parametrize(("median", "outcome"), [(1.4, Outcome.PASSED), (1.6, Outcome.GROWTH)])
def test_a_program_that_has_used_half_of_a_limit_is_judged_by_the_median(
    sandbox, monkeypatch, median, outcome
):
    """Twice as many rounds could end it; and what is undecided passes, which it must not bring about."""
    looks = []

    def interval(exponents):
        looks.append(len(exponents))
        return 1.2, median, 1.9

    monkeypatch.setattr(complexity, "median_interval", interval)
    prints = "print('x' * 40_000)\ndef double(x):\n    return 2 * x"

    assert grade(make_timed(), prints, sandbox=sandbox).checks[0].outcome is outcome
    assert max(looks) == complexity.LOOKS[0]


def test_every_answer_is_checked(sandbox):
    lazy = "calls = []\ndef double(x):\n    calls.append(1)\n    return 2 * x if len(calls) < 8 else x"

    assert grade(make_timed(), lazy, sandbox=sandbox).checks[0].outcome is Outcome.MISMATCH


def test_calls_are_counted_and_fitted(sandbox):
    check = grade(make_counted(), LINEAR, sandbox=sandbox).checks[0]

    assert check.outcome is Outcome.PASSED
    assert check.evidence.growth["amounts"] == [5, 10, 20, 40]
    assert check.evidence.growth["exponent"] == pytest.approx(1)


def test_too_many_calls_are_told_and_named(sandbox):
    check = grade(make_counted(), QUADRATIC, sandbox=sandbox).checks[0]

    assert check.outcome is Outcome.CALLS
    assert check.evidence.growth["exponent"] > 1.8
    assert check.evidence.diagnosis["name"] == "Starts again each time"
    assert "twice the size makes" in check.sentence


def test_the_same_calls_pass_where_they_are_allowed(sandbox):
    assert grade(make_counted(at_most=2.0), QUADRATIC, sandbox=sandbox).passed


def test_one_input_for_each_size_is_due(sandbox):
    with pytest.raises(ReferenceError_, match="has 3 inputs; one for each of 4 sizes is due"):
        grade(
            make_timed(replace=("[4, 8, 16]", "[4, 8, 16, 32]")),
            "def double(x): return 2 * x",
            sandbox=sandbox,
        )


def test_an_engine_that_walks_each_path_is_too_steep(sandbox):
    """A tensor used twice, again and again: the paths double with every operation."""
    growth = 'kind = "complexity"\ngrowth = { sizes = [10, 14, 18], at_most = 2 }'
    reference = """
def programs(rng, group):
    return [{"leaves": [float(rng.uniform(1, 2))], "nodes": [
        {"op": "add", "of": [i, i]} for i in range(n)]} for n in (10, 14, 18)]
"""
    walks = """
class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad, self.parents = data, 0.0, parents
    def __add__(self, other):
        return Value(self.data + other.data, (self, other))
    def backward(self):
        self.grad += 1.0
        for parent in self.parents:
            parent.backward()
"""
    exercise = make_exercise((ENGINE[0], ENGINE[1].replace('kind = "program"', growth), reference))

    assert grade(exercise, walks, sandbox=sandbox).checks[0].outcome is Outcome.GROWTH
