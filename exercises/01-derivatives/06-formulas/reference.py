"""The five functions; autograd takes their derivatives."""

import numpy as np
import torch

POINTS = 12
REACH = 4.0


def sigmoid(x):
    return 1 / (1 + torch.exp(-x))


def softplus(x):
    return torch.log1p(torch.exp(x))


def silu(x):
    return x / (1 + torch.exp(-x))


def gelu(x):
    return x * (1 + torch.erf(x / 2**0.5)) / 2


def lse(x1, x2, x3):
    return torch.logsumexp(torch.stack([x1, x2, x3]), dim=0)


def cases(rng, group):
    return {"one_number": one_number, "three_numbers": three_numbers}[group](rng)


def one_number(rng):
    """One point in each of twelve equal parts, so that no side is left out."""
    part = 2 * REACH / POINTS
    return [{"x": float(-REACH + part * (k + rng.uniform()))} for k in range(POINTS)]


def three_numbers(rng):
    """Three different numbers, each of them the largest in its turn."""
    found = []
    for k in range(POINTS):
        largest, middle, smallest = rng.uniform((1.0, -1.0, -3.0), (3.0, 0.5, -1.5))
        turned = np.roll([largest, middle, smallest], k)
        found.append({"x1": float(turned[0]), "x2": float(turned[1]), "x3": float(turned[2])})
    return found
