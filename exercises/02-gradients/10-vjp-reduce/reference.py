"""Four reductions in torch, and the accepted rules for ties of a maximum."""

import numpy as np
import torch

OPS = {
    "sum": torch.sum,
    "mean": torch.mean,
    "max": torch.amax,
    "var": lambda x, dim, keepdim: torch.var(x, dim=dim, correction=0, keepdim=keepdim),
}


def forward(op, x, axis, keepdims):
    """y = op(x) over the axes."""
    axes = reduced(x.ndim, axis)
    if op == "max" and ((x == torch.amax(x, dim=axes, keepdim=True)).sum(dim=axes) > 1).any():
        raise ValueError("a tie, where more than one answer is right")
    return OPS[op](x, dim=axes, keepdim=keepdims)


def reduced(ndim, axis):
    """The axes as a tuple, counted from the front."""
    if axis is None:
        return tuple(range(ndim))
    return tuple(one % ndim for one in (axis if isinstance(axis, tuple) else (axis,)))


def shares(op, x, axis, keepdims, dy, result):
    """What the largest entries of each slice get together, what the others get, and how far the slice is from
    the nearest of the rules: all to the first, all to the last, equal shares.
    """
    axes = reduced(x.ndim, axis)
    order = (*(i for i in range(x.ndim) if i not in axes), *axes)
    n = int(np.prod([x.shape[i] for i in axes]))
    slices, got = (np.transpose(one, order).reshape(-1, n) for one in (x, result))
    upstream = np.reshape(dy, (-1, 1))  # one number for each slice
    largest = slices == slices.max(axis=1, keepdims=True)
    first = largest & (np.cumsum(largest, axis=1) == 1)
    last = largest & (np.cumsum(largest[:, ::-1], axis=1)[:, ::-1] == 1)
    equal = largest / largest.sum(axis=1, keepdims=True)
    astray = got * ~largest
    totals = (got * largest).sum(axis=1, keepdims=True)
    worst = int(np.argmax(np.abs(totals - upstream)))
    rules = [np.abs(got - rule * upstream).max(axis=1) for rule in (first, last, equal)]
    return {
        "elsewhere": np.abs(astray).max(),
        "stray": astray.flat[np.argmax(np.abs(astray))],
        "total": np.abs(totals - upstream).max(),
        "together": totals[worst, 0],
        "due": upstream[worst, 0],
        "rule": np.min(rules, axis=0).max(),
    }


ONE_AXIS = [((3, 3), 1), ((3, 3), 0), ((2, 4), 1), ((2, 4), 0), ((5,), 0), ((3, 3, 3), 1), ((2, 3, 4), 2)]
AXES = [
    ((3, 3), -1),
    ((3, 3), -2),
    ((2, 3, 4), -2),
    ((4, 3), None),
    ((2, 2, 2), (0, 1)),
    ((2, 2, 2), (1, 2)),
    ((2, 3, 4), (0, 2)),
    ((2, 3, 4), (-1, 0)),
    ((2, 2, 2), (-2, -1)),
    ((3, 2, 4), (2, 0)),
    ((2, 3, 2), (-2,)),
    ((3, 1), 0),
    ((1, 4), -1),
    ((6,), None),
]


def cases(rng, group):
    if group == "ties":
        return ties(rng)
    op, _, part = group.partition("_")
    settings = {"": ONE_AXIS + AXES, "one": ONE_AXIS, "axes": AXES}[part]
    return [case for shape, axis in settings for case in both(op, values(rng, op, shape), axis)] + (
        nearly_tied(rng) if op == "max" else []
    )


def both(op, x, axis):
    """Without keepdims, and with."""
    return [{"op": op, "x": x, "axis": axis, "keepdims": keepdims} for keepdims in (False, True)]


def values(rng, op, shape):
    """Far from mean 0; for the maximum all different, by a tenth or more."""
    if op != "max":
        return rng.normal(size=shape) + rng.uniform(1, 3)
    size = int(np.prod(shape))
    return (0.3 * (rng.permutation(size) - size // 2) + rng.uniform(0, 0.2, size=size)).reshape(shape)


def nearly_tied(rng):
    """The two largest differ in the last digits: no tie, and the larger one takes all."""
    x = rng.uniform(-1, 0, size=(3, 4))
    x[:, 1], x[:, 3] = 1.0, 1.0 + np.array([1e-12, -1e-12, 1e-14])
    return both("max", x, 1)


def ties(rng):
    """Every other slice has its largest value three times or more."""
    return [
        tied(rng, (4, 5), 1, keepdims=False),
        tied(rng, (5, 4), 0, keepdims=True),
        tied(rng, (2, 2, 6), -1, keepdims=False),
        tied(rng, (4, 2, 3), (1, 2), keepdims=True),
    ]


def tied(rng, shape, axis, *, keepdims):
    axes = reduced(len(shape), axis)
    order = (*(i for i in range(len(shape)) if i not in axes), *axes)
    n = int(np.prod([shape[i] for i in axes]))
    slices = rng.permuted(np.tile(np.arange(n), (int(np.prod(shape)) // n, 1)), axis=1) / 2.0
    dy = rng.uniform(0.5, 2, size=len(slices)) * rng.choice([-1, 1], size=len(slices))
    for row in range(0, len(slices), 2):
        slices[row, rng.choice(n, size=rng.integers(3, n), replace=False)] = n
    x = np.transpose(slices.reshape([shape[i] for i in order]), np.argsort(order)).copy()
    dy = dy.reshape(np.sum(x, axis=axes, keepdims=keepdims).shape)
    return {"op": "max", "x": x, "axis": axis, "keepdims": keepdims, "dy": dy}
