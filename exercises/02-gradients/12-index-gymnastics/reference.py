"""Six operations that move, copy and add numbers, in torch."""

import numpy as np
import torch


def cumsum(x, axis):
    return torch.cumsum(x, dim=axis)


def flip(x, axis):
    return torch.flip(x, dims=(axis,))


def roll(x, shift, axis):
    return torch.roll(x, shifts=shift, dims=axis)


def sort(x, axis):
    values = torch.sort(x, dim=axis).values
    if (values.diff(dim=axis) == 0).any():
        raise ValueError("two entries of a slice are equal")
    return values


def gather(x, index):
    return x[torch.as_tensor(index)]


def conv1d(x, w):
    """y_i = Σ_k w_k x_{i+k}."""
    return torch.nn.functional.conv1d(x.reshape(1, 1, -1), w.reshape(1, 1, -1)).reshape(-1)


ALONG = [
    ((4,), 0),
    ((3, 3), 0),
    ((3, 3), 1),
    ((2, 4), -1),
    ((4, 2), -2),
    ((2, 3, 4), 1),
    ((2, 3, 4), 2),
    ((1, 3), 0),
    ((3, 1), 0),
]
ROLLED = [
    ((5,), 2, 0),
    ((4, 4), 1, 0),
    ((4, 4), 1, 1),
    ((3, 5), -2, -1),
    ((5, 2), 7, -2),
    ((2, 4, 3), -1, 1),
    ((3,), 0, 0),
]
INDICES = [
    (3, [0, 2, 1, 2]),
    (4, [3, 3, 0, 3]),
    (5, [1, 4, 1, 0, 4, 1]),
    (4, [2, 0, 3, 1]),
    (3, [1]),
    (4, [[0, 1], [1, 1], [2, 0]]),
    (3, 2),
]
SIGNALS = [(5, 3), (6, 2), (7, 4), (3, 3), (5, 1), (4, 2), (1, 1), (9, 3)]


SORTED = [
    ((5,), 0),
    ((4, 4), 0),
    ((4, 4), 1),
    ((2, 5), -1),
    ((5, 2), -2),
    ((2, 4, 3), 1),
    ((3, 2, 4), 0),
    ((3, 1), 0),
    ((3, 1), -1),
]


def cases(rng, group):
    if group.endswith("_two"):  # enough to see whether they are left as they were
        return cases(rng, group.removesuffix("_two"))[:2]
    makers = {
        "along": lambda: [{"x": rng.normal(size=shape), "axis": axis} for shape, axis in ALONG],
        "rolled": lambda: [{"x": rng.normal(size=shape), "shift": s, "axis": a} for shape, s, a in ROLLED],
        "shuffled": lambda: [{"x": distinct(rng, shape, axis), "axis": axis} for shape, axis in SORTED],
        "rows": lambda: [gathered(rng, n, i, width) for n, i in INDICES for width in ((), (3,))],
        "signals": lambda: [{"x": rng.normal(size=n), "w": rng.normal(size=K)} for n, K in SIGNALS],
    }
    return makers[group]()


def distinct(rng, shape, axis):
    """All different, by a tenth or more; slices of three or more in an order that is not its own inverse."""
    x = 0.3 * rng.permutation(int(np.prod(shape))) + rng.uniform(0, 0.2, size=int(np.prod(shape)))
    slices = np.sort(np.moveaxis(x.reshape(shape), axis, -1), axis=-1)
    for place in np.ndindex(slices.shape[:-1]):
        slices[place] = slices[place][order(rng, slices.shape[-1])]
    return np.moveaxis(slices, -1, axis).copy()


def order(rng, n):
    while True:
        found = rng.permutation(n)
        if n < 3 or np.any(found[found] != np.arange(n)):
            return found


def gathered(rng, n, index, width):
    return {"x": rng.normal(size=(n, *width)), "index": np.array(index, dtype=np.int64)}
