"""The network in torch, and the norms of what autograd finds."""

from itertools import pairwise

import numpy as np
import torch

ACTIVATIONS = {"linear": lambda z: z, "relu": torch.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid}
WIDTHS = [(3, 2), (2, 4, 3), (3, 3, 3), (3, 5, 2, 4)]
GAIN = {"linear": 1.0, "relu": 1.4, "tanh": 1.2, "sigmoid": 3.0}


def expected(weights, x, dy, act, residual):
    leaves = [torch.tensor(W, dtype=torch.float64, requires_grad=True) for W in weights]
    h = torch.as_tensor(x, dtype=torch.float64)
    for W in leaves:
        z = torch.nn.functional.linear(h, W)
        if act == "relu" and (z == 0).any():
            raise ValueError("a ReLU is given a 0")
        out = ACTIVATIONS[act](z)
        h = h + out if residual else out
    gradients = torch.autograd.grad(h, leaves, torch.as_tensor(dy, dtype=torch.float64))
    return np.array([float(torch.linalg.vector_norm(g)) for g in gradients])


def cases(rng, group):
    if group == "residual":
        return [network(rng, [4] * (n + 1), act, True) for act in ("tanh", "relu", "sigmoid") for n in (2, 4)]
    if group == "left_alone":
        return [network(rng, [4] * 3, "tanh", residual) for residual in (False, True)]
    if group == "residual_linear":
        return [network(rng, [3] * (n + 1), "linear", True) for n in (1, 2, 3)]
    if group == "deep":
        return [network(rng, [4] * 31, act, residual) for act, residual in (("tanh", False), ("tanh", True))]
    return [network(rng, widths, group, False) for widths in WIDTHS]


def network(rng, widths, act, residual):
    """Rows of different sizes, and ReLUs of which some are on and some are off in every layer."""
    while True:
        weights = [draw(rng, m, n, act, residual) for n, m in pairwise(widths)]
        x, dy = signed(rng, (3, widths[0])), signed(rng, (3, widths[-1]))
        if act != "relu" or telling(weights, x, residual):
            return {"weights": weights, "x": x, "dy": dy, "act": act, "residual": residual}


def draw(rng, m, n, act, residual):
    scale = (0.5 if residual else GAIN[act]) / np.sqrt(n)
    return scale * signed(rng, (m, n))


def telling(weights, x, residual):
    """Every layer has units on both sides of the kink and away from it; in each row one at least is on."""
    h = x
    for W in weights:
        z = h @ W.T
        if np.abs(z).min() < 1e-2 or (z > 0).all() or not (z > 0).any(axis=1).all():
            return False
        h = np.maximum(z, 0) + (h if residual else 0)
    return True


def signed(rng, shape):
    return rng.uniform(0.5, 1.5, size=shape) * rng.choice([-1, 1], size=shape)
