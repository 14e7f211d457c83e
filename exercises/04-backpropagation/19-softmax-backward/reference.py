"""Softmax and log-softmax in torch."""

import numpy as np
import torch


def softmax(z, p):
    """p = e^z / Σ e^z along the last axis, which the student is given."""
    found = torch.softmax(z, dim=-1)
    if (found - torch.as_tensor(p)).abs().max() > 1e-3:  # the judge asks for nearby z too
        raise ValueError("p is not the softmax of z")
    return found


def log_probabilities(z):
    return torch.log_softmax(torch.as_tensor(z), dim=-1).numpy()


def cases(rng, group):
    return {
        "rows": rows,
        "axes": axes,
        "certain": certain,
        "logits": logits,
        "shifted": shifted,
        "far_apart": far_apart,
    }[group](rng)


def rows(rng):
    return [known(1.5 * rng.normal(size=shape)) for shape in [(3, 4), (2, 3), (4, 4), (5, 2), (1, 6), (3, 3)]]


def axes(rng):
    shapes = [(2, 3, 4), (3, 3, 3), (5,), (4, 1, 3), (2, 2, 2)]
    return [known(1.5 * rng.normal(size=shape)) for shape in shapes]


def certain(rng):
    """Rows with one logit a thousand above the others: probabilities of exactly 0 and 1."""
    heights = [rng.permuted(np.array([[1000.0, 0, -1000], [0, 0, -2000]]), axis=1) for _ in range(3)]
    return [known(z + rng.normal(size=z.shape)) for z in heights]


def known(z):
    """Logits, with the probabilities that the student is given."""
    return {"z": z, "p": torch.softmax(torch.as_tensor(z), dim=-1).numpy()}


def logits(rng):
    """Sums of exponentials well away from 1, where a forgotten logarithm of the sum would not show."""
    shapes = [(3, 4), (4, 4), (2, 3, 4), (3, 3, 3), (6,)]
    return [{"z": 2 * rng.normal(size=shape) + rng.uniform(2, 4)} for shape in shapes]


def shifted(rng):
    """The same rows, high above zero, far below it, and one of each in one array."""
    z = 2 * rng.normal(size=(2, 5))
    heights = rng.uniform(1e4, 1.2e4, size=2)
    return [
        {"z": z + heights[0]},
        {"z": z - heights[1]},
        {"z": z + np.array([[heights[0]], [-heights[1]]])},
    ]


def far_apart(rng):
    """Logits of about ±1000 in one row; one large logit among many small ones."""
    between = 1000 * rng.choice([-1, 1], size=(3, 4)) * rng.uniform(0.9, 1.1, size=(3, 4))
    between[:, :2] = np.array([1.0, -1.0]) * rng.uniform(950, 1050, size=(3, 2))
    lone = rng.normal(size=(2, 6))
    lone[:, rng.integers(6)] += 1500
    return [{"z": between}, {"z": lone}]
