"""The layer in torch; its gradient is taken by autograd, in float64."""

import numpy as np
import torch

LARGE = (10_000, 1_000)
ROWS = 50


def forward(x, b):
    return torch.nn.functional.silu(x + b)


def cases(rng, group):
    makers = {
        "small": lambda: [case(rng, shape) for shape in ((3, 4), (1, 7), (13, 2), (6, 5))],
        "rows": lambda: [case(rng, (n, 3)) for n in (33, 100, 257, 5003)],
        "far": lambda: [far(rng)],
        "large": lambda: [large(rng)],
    }
    return makers[group]()


def case(rng, shape):
    """On both sides of the minimum, and b large enough to be missed."""
    x = (2 * rng.normal(size=shape)).astype(np.float32)
    b = (rng.uniform(0.5, 1.5, size=shape[1]) * rng.choice([-1, 1], size=shape[1])).astype(np.float32)
    return {"x": x, "b": b}


def far(rng):
    """Where exp overflows, in float32 and in float64."""
    sizes = np.array([30.0, 90.0, 200.0, 1e3, 1e4]) * rng.uniform(1, 1.2, size=5)
    x = np.concatenate([-sizes, [-1.0, 0.0, 1.0], sizes]).astype(np.float32).reshape(-1, 1)
    return {"x": x, "b": np.array([0.25], dtype=np.float32)}


def large(rng):
    """10⁷ elements: a million random ones, ten times over, with other sizes and the columns turned."""
    x, dy = (tiled(rng) for _ in range(2))
    return {"x": x, "b": rng.uniform(-1, 1, size=LARGE[1]).astype(np.float32), "dy": dy}


def tiled(rng):
    tile = rng.uniform(-4, 4, size=(LARGE[0] // len(SCALES), LARGE[1])).astype(np.float32)
    return np.concatenate(
        [np.float32(s) * np.roll(tile, int(rng.integers(LARGE[1])), axis=1) for s in SCALES]
    )


SCALES = (1, -1, 0.9, -0.9, 0.8, -0.8, 0.7, -0.7, 0.6, -0.6)


def gradients(x, b, dy):
    """By autograd in float64, a few rows at a time, for the same reason as the student's."""
    dx, db = np.empty_like(x), np.zeros(len(b))
    for i in range(0, len(x), ROWS):
        xs = torch.tensor(x[i : i + ROWS], dtype=torch.float64, requires_grad=True)
        bs = torch.tensor(b, dtype=torch.float64, requires_grad=True)
        found = torch.autograd.grad(forward(xs, bs), (xs, bs), torch.tensor(dy[i : i + ROWS]).double())
        dx[i : i + ROWS] = found[0].numpy()
        db += found[1].numpy()
    return dx, db
