"""The layer in torch; its gradient is taken by autograd, in float64, on the processor."""

import numpy as np
import torch

LARGE = (10_000, 1_000)
ROWS = 50


def forward(x, b):
    return torch.nn.functional.silu(x + b)


def cases(rng, group):
    makers = {
        "small": lambda: [case(rng, shape) for shape in ((3, 4), (1, 7), (13, 2), (6, 5))],
        "far": lambda: [far(rng)],
        "large": lambda: [large(rng)],
    }
    return makers[group]()


def case(rng, shape):
    """On both sides of the minimum, and b large enough to be missed."""
    b = rng.uniform(0.5, 1.5, size=shape[1]) * rng.choice([-1, 1], size=shape[1])
    return {"x": single(2 * rng.normal(size=shape)), "b": single(b)}


def far(rng):
    """Where exp overflows, in float32 and in float64."""
    sizes = np.array([30.0, 90.0, 200.0, 1e3, 1e4]) * rng.uniform(1, 1.2, size=5)
    x = np.concatenate([-sizes, [-1.0, 0.0, 1.0], sizes]).reshape(-1, 1)
    return {"x": single(x), "b": single(np.array([0.25]))}


def single(array):
    return torch.tensor(array, dtype=torch.float32)


def large(rng):
    """10⁷ elements: a million random ones, ten times over, with other sizes and the columns turned."""
    x, dy = (tiled(rng) for _ in range(2))
    return {"x": x, "b": single(rng.uniform(-1, 1, size=LARGE[1])), "dy": dy}


def tiled(rng):
    tile = single(rng.uniform(-4, 4, size=(LARGE[0] // len(SCALES), LARGE[1])))
    return torch.cat([s * tile.roll(int(rng.integers(LARGE[1])), dims=1) for s in SCALES])


SCALES = (1, -1, 0.9, -0.9, 0.8, -0.8, 0.7, -0.7, 0.6, -0.6)


def gradients(x, b, dy):
    """By autograd in float64, a few rows at a time."""
    dx, db = torch.empty_like(x), torch.zeros(len(b), dtype=torch.float64)
    for xs, ys, out in zip(x.split(ROWS), dy.split(ROWS), dx.split(ROWS), strict=True):
        leaf, bias = (one.double().requires_grad_() for one in (xs.detach(), b.detach()))
        found = torch.autograd.grad(forward(leaf, bias), (leaf, bias), ys.double())
        out.copy_(found[0])
        db += found[1]
    return dx, db.float()
