"""The interval of a median holds over all looks."""

import numpy as np
import pytest

from grader.interval import LEVEL, LOOKS, median_interval


def test_a_small_sample_says_nothing():
    assert median_interval([1.0] * 8) == (-np.inf, 1.0, np.inf)


def test_the_first_look_already_has_an_interval():
    low, middle, high = median_interval([float(i) for i in range(LOOKS[0])])

    assert (low, middle, high) == (0.0, 5.5, 11.0)


def test_more_samples_make_it_narrower():
    sample = np.random.default_rng(0).normal(size=LOOKS[-1])
    widths = [high - low for low, _, high in (median_interval(sample[:n]) for n in LOOKS)]

    assert widths == sorted(widths, reverse=True)


def test_the_order_of_the_sample_does_not_matter():
    sample = np.random.default_rng(0).normal(size=20)

    assert median_interval(sample) == median_interval(sample[::-1])


@pytest.mark.parametrize("draw", [np.random.Generator.normal, np.random.Generator.standard_cauchy])
def test_the_median_is_missed_at_any_look_in_at_most_one_run_of_five_hundred(draw):
    rng = np.random.default_rng(5)
    runs = 4000
    missed = 0
    for _ in range(runs):
        sample = draw(rng, size=LOOKS[-1])
        intervals = [median_interval(sample[:n]) for n in LOOKS]
        missed += any(not low <= 0 <= high for low, _, high in intervals)

    assert missed / runs <= LEVEL
