"""A confidence interval for a median that stays valid when it is looked at several times.

Each look takes its share of the error level (Bonferroni), and the interval is made of order statistics: the
number of samples below the true median is binomial(n, ½) whatever their distribution.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import comb, inf
from statistics import median

LOOKS = (12, 20, 32, 64)  # sample sizes at which the interval is computed
LEVEL = 0.002  # chance that any of the intervals misses the median: 1 in 500


def median_interval(
    sample: Sequence[float], *, level: float = LEVEL / len(LOOKS)
) -> tuple[float, float, float]:
    """(low, median, high); infinite where the sample is too small for the level."""
    ordered = sorted(sample)
    rank = _rank(len(ordered), level)
    if rank == 0:
        return -inf, median(ordered), inf
    return ordered[rank - 1], median(ordered), ordered[-rank]


def _rank(n: int, level: float) -> int:
    """The largest r with 2 · P(binomial(n, ½) < r) ≤ level; 0 if there is none."""
    rank, below = 0, 0
    while rank < n // 2:
        below += comb(n, rank)
        if 2 * below > level * 2**n:
            break
        rank += 1
    return rank
