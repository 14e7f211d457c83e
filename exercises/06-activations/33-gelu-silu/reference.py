"""GELU and SiLU in torch."""

import math

import numpy as np
import torch


def gelu_forward(x, approximate):
    return torch.nn.functional.gelu(x, approximate=approximate)


def silu_forward(x, beta):
    return x * torch.sigmoid(beta * x)


def gelu_expected(x, approximate):
    x = torch.as_tensor(x)
    if approximate == "none":
        return (0.5 * x * torch.special.erfc(-x / math.sqrt(2))).numpy()
    return gelu_forward(x, approximate).numpy()


def silu_expected(x, beta):
    return silu_forward(torch.as_tensor(x), beta).numpy()


def cases(rng, group):
    makers = {
        "gelu_none": lambda: [{"x": x, "approximate": "none"} for x in near_zero(rng)],
        "gelu_tanh": lambda: [{"x": x, "approximate": "tanh"} for x in near_zero(rng)],
        "silu": lambda: [{"x": x, "beta": random_beta(rng)} for x in near_zero(rng)],
        "gelu_far": lambda: [{"x": far(rng), "approximate": a} for a in ("tanh", "none")],
        "silu_far": lambda: [{"x": far(rng), "beta": b} for b in (1.0, random_beta(rng), -random_beta(rng))],
        "gelu_large": lambda: [{"x": 2 * rng.normal(size=MILLION), "approximate": "tanh"}],
        "silu_large": lambda: [{"x": 2 * rng.normal(size=MILLION), "beta": random_beta(rng)}],
    }
    return makers[group]()


MILLION = 10**6


def near_zero(rng):
    """Arrays with one, two and three axes; each reaches into both tails."""
    return [np.clip(2 * rng.normal(size=shape), -6, 6) for shape in [(5,), (12,), (4, 3), (2, 3, 4), (2, 1)]]


def far(rng):
    """Sizes at which exp overflows, with 0 and 1 among them."""
    sizes = np.array([60.0, 300.0, 720.0, 2e3, 1e4]) * rng.uniform(1, 1.2, size=5)
    return np.concatenate([-sizes, [-1.0, 0.0, 1.0], sizes])


def random_beta(rng):
    """A steepness that is not 1, where β and 1/β and β² would be the same."""
    return float(rng.choice([rng.uniform(0.7, 0.85), rng.uniform(1.3, 1.7)]))
