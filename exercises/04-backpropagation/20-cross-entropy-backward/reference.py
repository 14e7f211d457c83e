"""Cross-entropy in torch, differentiated by autograd."""

import numpy as np
import torch

TWO_LABELS, ONE_LABEL = np.array([2, 0]), np.array([2, -100])  # of the examples: a list in TOML is float64


def expected(logits, y, reduction, ignore_index, smoothing):
    if np.all(y == ignore_index):
        raise ValueError("no row counts")
    z = torch.tensor(logits, dtype=torch.float64, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(
        z, torch.as_tensor(y), reduction=reduction, ignore_index=ignore_index, label_smoothing=smoothing
    )
    return torch.autograd.grad(loss, z)[0].numpy()


def cases(rng, group):
    return {
        "sum": lambda: [batch(rng, N, K) for N, K in SHAPES],
        "mean": lambda: [batch(rng, N, K, reduction="mean") for N, K in SHAPES],
        "ignored": lambda: ignored(rng, 0.0),
        "smoothed": lambda: smoothed(rng),
        "smoothed_ignored": lambda: ignored(rng, float(rng.uniform(0.1, 0.4))),
        "far_apart": lambda: far_apart(rng),
    }[group]()


SHAPES = [(5, 3), (4, 4), (7, 2), (2, 6), (3, 5)]  # one row would make a sum and a mean the same


def batch(rng, N, K, *, reduction="sum", ignore_index=-100, smoothing=0.0):
    return {
        "logits": 1.5 * rng.normal(size=(N, K)),
        "y": labels(rng, N, K),
        "reduction": reduction,
        "ignore_index": ignore_index,
        "smoothing": smoothing,
    }


def labels(rng, N, K):
    """At least two classes among the rows, so that rows and columns cannot be mistaken for each other."""
    y = rng.integers(K, size=N)
    y[:2] = rng.permutation(K)[:2]
    return y


def ignored(rng, smoothing):
    """Two or three rows of each batch; the label for them is −100, −1, a class, and a number beyond them."""
    settings = [(7, 3, -100), (6, 4, 0), (8, 5, -1), (5, 5, 2), (7, 3, 255)]
    made = []
    for reduction in ("mean", "sum"):
        for N, K, ignore_index in settings:
            case = batch(rng, N, K, reduction=reduction, ignore_index=ignore_index, smoothing=smoothing)
            case["y"] = np.where(case["y"] == ignore_index, K - 1, case["y"])
            case["y"][rng.permutation(N)[: rng.integers(2, 4)]] = ignore_index
            made.append(case)
    return made


def smoothed(rng):
    weights = rng.uniform(0.05, 0.45, size=len(SHAPES))
    reductions = ["sum", "mean", "sum", "mean", "mean"]
    return [
        batch(rng, N, K, reduction=reduction, smoothing=float(s))
        for (N, K), s, reduction in zip(SHAPES, weights, reductions)
    ]


def far_apart(rng):
    """Rows around 1000 and −1000 in one batch, and both in one row."""
    heights = batch(rng, 4, 5, reduction="mean")
    heights["logits"] += 1000 * np.array([[1.0], [-1.0], [1.0], [-1.0]])
    within = batch(rng, 3, 4)
    within["logits"] += 1000 * rng.permuted(np.array([[1.0, 1.0, -1.0, -1.0]] * 3), axis=1)
    return [heights, within]
