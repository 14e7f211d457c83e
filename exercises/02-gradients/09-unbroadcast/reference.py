"""Broadcasting, and three operations that use it, in torch."""

import numpy as np


def broadcast(a, target):
    """a stretched to the shape of `target`."""
    return a.broadcast_to(tuple(target))


def add(a, b):
    return a + b


def mul(a, b):
    return a * b


def div(a, b):
    if (b == 0).any():
        raise ValueError("a denominator is 0")
    return a / b


COPIED = [
    ((3, 1), (3, 3)),
    ((3,), (3, 3)),
    ((1, 3), (3, 3)),
    ((3, 1), (3, 4)),
    ((1, 4), (3, 4)),
    ((4,), (3, 4)),
    ((1, 1), (2, 3)),
    ((2, 1, 4), (2, 3, 4)),
    ((1, 2, 1), (4, 2, 3)),
    ((1,), (5,)),
    ((2, 3), (4, 2, 3)),
    ((2, 2), (2, 2, 2)),
    ((3,), (2, 4, 3)),
]
BOTH = [
    ((2, 1), (2, 2, 2)),
    ((4, 1), (2, 4, 3)),
    ((1, 3), (2, 4, 3)),
    ((3, 1), (3, 1)),
    ((1, 4), (1, 4)),
    ((1, 4), (3, 1, 4)),
    ((2, 1, 1), (2, 1, 3)),
    ((1, 1), (2, 1, 1)),
    ((3, 4), (3, 4)),
]
SCALARS = [((), (2, 3)), ((), (4,)), ((), (1, 1)), ((), ())]
PAIRS = [
    ((3, 1), (1, 3)),
    ((3, 1), (1, 4)),
    ((2, 1), (3,)),
    ((3, 3), (3,)),
    ((3,), (3, 3)),
    ((3, 3), (3, 3)),
    ((2, 4), ()),
    ((), (3,)),
    ((), ()),
    ((2, 1, 3), (4, 1)),
    ((1, 3), (2, 1, 1)),
    ((1, 1), (3,)),
]


def cases(rng, group):
    single = {"copied": COPIED, "both": BOTH, "scalars": SCALARS}
    if group == "pairs":
        return [{"a": sized(rng, a), "b": sized(rng, b)} for a, b in PAIRS]
    return [
        {"a": sized(rng, shape), "shape": shape, "target": np.array(target, dtype=np.int64)}
        for shape, target in single[group]
    ]


def sized(rng, shape):
    """Entries of size 0.5 to 2: far from 0, where a / b has no derivative, and mostly far from 1."""
    # without axes the product is a number, and an array is promised
    return np.asarray(rng.uniform(0.5, 2, size=shape) * rng.choice([-1, 1], size=shape))
