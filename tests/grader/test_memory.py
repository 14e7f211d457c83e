"""Memory is what the kernel saw at most, beyond the inputs, as a multiple of the baseline's."""

import pytest

from grader import grade
from grader.checks import memory
from grader.errors import ReferenceError_
from grader.outcome import Outcome
from tests.grader.factories import DOUBLE_TOML, make_exercise

SIZE = 1_500_000  # 12 MB of float64
TOML = DOUBLE_TOML.replace('kind = "value"', 'kind = "memory"\nthreshold = 1.5')
REFERENCE = f"""
def cases(rng, group):
    return [{{"x": rng.normal(size={SIZE})}}]

def expected(x):
    return 2 * x
"""
ONE_ARRAY = "def double(x):\n    return 2 * x\n"
THREE = "def double(x):\n    half = 3 * x\n    other = half - x\n    return other - 0 * half\n"


def make(**files):
    toml = TOML.partition("[[solutions]]")[0]
    solutions = {"solutions__right": None, "solutions__half": None}
    return make_exercise(("double", toml, REFERENCE), **{"baseline": ONE_ARRAY, **solutions, **files})


@pytest.fixture
def first(sandbox):
    def graded(source, **files):
        return grade(make(**files), source, sandbox=sandbox).checks[0]

    return graded


def test_the_baseline_passes_against_itself(first):
    check = first(ONE_ARRAY)

    assert check.outcome is Outcome.PASSED
    assert check.evidence.memory["median"] == pytest.approx(1, abs=0.15)
    assert check.evidence.memory["baseline_mb"] == pytest.approx(8 * SIZE / 2**20, rel=0.15)
    assert len(check.evidence.memory["ratios"]) == memory.FIRST_ROUNDS


def test_arrays_that_exist_at_the_same_time_are_too_much(first):
    check = first(THREE)

    assert check.outcome is Outcome.TOO_MUCH_MEMORY
    assert check.points == 0
    assert check.evidence.memory["low"] > 1.5
    assert len(check.evidence.memory["ratios"]) == memory.ROUNDS
    assert "times what the baseline needs" in check.sentence


def test_no_memory_beyond_the_inputs_is_a_ratio_of_zero(first):
    check = first("def double(x):\n    x *= 2\n    return x\n")

    assert check.outcome is Outcome.PASSED
    assert check.evidence.memory["median"] < 0.15


def test_memory_that_was_given_back_before_the_answer_counts(first):
    assert (
        first("import numpy as np\ndef double(x):\n    np.ones((4, len(x)))\n    return 2 * x\n").passed
        is False
    )


def test_memory_outside_of_python_counts(first):
    source = """
import mmap
def double(x):
    with mmap.mmap(-1, 40 << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as hidden:
        hidden.write(b"x" * (40 << 20))
    return 2 * x
"""
    assert first(source).outcome is Outcome.TOO_MUCH_MEMORY


def test_every_answer_is_checked(first):
    assert first("def double(x):\n    return x\n").outcome is Outcome.MISMATCH


def test_a_round_below_the_threshold_is_enough_after_the_first_ones(first, monkeypatch):
    peaks = iter([30.0, 20.0, 30.0, 30.0, 25.0, 28.0])  # yours, beside 0 and 16 of the author's
    monkeypatch.setattr(memory, "_peaks_of_author", lambda *_: (0.0, 16.0))
    measured = memory._peak
    monkeypatch.setattr(memory, "_peak", lambda *parameters: (next(peaks), measured(*parameters)[1]))

    check = first(ONE_ARRAY)

    assert check.outcome is Outcome.PASSED
    assert len(check.evidence.memory["ratios"]) == 3


def test_inputs_that_are_too_small_to_tell_are_the_authors_error(first):
    with pytest.raises(ReferenceError_, match="MB beyond its inputs; 8 MB or more can be compared"):
        first(ONE_ARRAY, reference=REFERENCE.replace(str(SIZE), "1000"))


def test_a_wrong_baseline_is_the_authors_error(first):
    with pytest.raises(ReferenceError_, match=r"baseline\.py: y is wrong"):
        first(ONE_ARRAY, baseline="def double(x):\n    return 3 * x\n")
