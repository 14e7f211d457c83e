"""Three arms of a spiral, and the cross-entropy of logits."""

import numpy as np
import torch

N, N_NEW = 500, 400
TURN, SPREAD = 5.5, 0.3  # radians: how far an arm winds for each unit of radius, and half of its width


def cross_entropy(predictions, target):
    logits = torch.as_tensor(predictions, dtype=torch.float64)
    return -(torch.as_tensor(target) * torch.log_softmax(logits, dim=1)).sum(dim=1).mean()


def cases(rng, group):
    """Three runs, each with points and a seed of its own."""
    return [run(rng) for _ in range(3)]


def run(rng):
    x, y = spirals(rng, N)
    x_new, y_new = spirals(rng, N_NEW)
    return {"x": x, "y": y, "x_new": x_new, "seed": int(rng.integers(2**31)), "y_new": np.eye(3)[y_new]}


def spirals(rng, n):
    y = rng.integers(3, size=n)
    radius = rng.uniform(0.2, 1, size=n)
    angle = 2 * np.pi / 3 * y + TURN * radius + SPREAD * rng.uniform(-1, 1, size=n)
    return 3 * radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1), y
