"""Statistics of random weights, each as a deviation in standard errors.

A grading has 24 inputs with 5 such deviations each, and a normal number is beyond 6 in 2 of 10⁹ cases:
together 2 in 10 million.
"""

import numpy as np

MATRIX, KERNELS = (100, 300), (40, 60, 2, 5)
GAINS = (1.0, 2**0.5, 5 / 3)
STATISTICS = ("alike", "centre", "spread", "evenness")
MANY = 1000  # of fewer numbers these say nothing, so that a failure is not shown on them

# Moments of a number u drawn evenly from [-1, 1]: E u² = 1/3, E u⁴ = 1/5, E u⁸ = 1/9
SQUARE, SQUARE_STD = 1 / 3, np.sqrt(1 / 5 - 1 / 9)
FOURTH, FOURTH_STD = 1 / 5, np.sqrt(1 / 9 - 1 / 25)


def cases(rng, group):
    if group == "kernels":
        made = [(KERNELS, mode, gain) for mode in ("fan_in", "fan_out", "fan_avg") for gain in GAINS[:2]]
    else:
        made = [(shape, group, gain) for shape in (MATRIX, MATRIX[::-1]) for gain in GAINS]
    return [
        {"shape": shape, "mode": mode, "gain": gain, "rng": int(rng.integers(1000, 2**31))}
        for shape, mode, gain in made
    ]


def residuals(shape, mode, gain, rng, result):
    w = np.asarray(result, dtype=np.float64)
    variance = gain**2 / fan(shape, mode)
    edge = np.sqrt(3 * variance)
    if gain <= 0:
        raise ValueError("the gain is not positive")
    u = w / edge
    found = {
        "alike": max(repeated(u), repeated(np.swapaxes(u, 0, 1))),
        "centre": abs(u.mean()) / np.sqrt(SQUARE / u.size),
        "spread": abs(np.mean(u**2) - SQUARE) / (SQUARE_STD / np.sqrt(u.size)),
        "outside": np.abs(u).max() - 1,
        "evenness": abs(np.mean(u**4) - FOURTH) / (FOURTH_STD / np.sqrt(u.size)),
        "mean": w.mean(),
        "std": w.std(),
        "due": np.sqrt(variance),
        "edge": edge,
        "largest": np.abs(w).max(),
        "first": w.flat[0],
    }
    return found if w.size >= MANY else found | dict.fromkeys(STATISTICS, 0.0)


def fan(shape, mode):
    """Counted on the shape as a sum over connections: all weights, over the outputs or over the inputs."""
    weights = np.prod(shape)
    fans = {"fan_in": weights / shape[0], "fan_out": weights / shape[1]}
    return fans.get(mode, sum(fans.values()) / 2)


def repeated(u):
    """The products of neighbours along the first axis, of which independent numbers have a sum near 0."""
    products = u[1:] * u[:-1]
    return abs(products.sum()) / (SQUARE * np.sqrt(products.size))
