"""Scaled dot-product attention in torch."""

import math

import numpy as np
import torch

NO_MASK, CAUSAL = None, np.tri(2, dtype=bool)  # of the examples


def forward(Q, K, V, mask):
    scores = torch.einsum("...td,...sd->...ts", Q, K) / math.sqrt(Q.shape[-1])
    if mask is not None:
        if not np.any(mask, axis=-1).all():
            raise ValueError("a query may look at no key")
        scores = scores.masked_fill(~torch.as_tensor(mask), -math.inf)
    return torch.softmax(scores, dim=-1) @ V


def cases(rng, group):
    return {
        "one_head": one_head,
        "heads": heads,
        "masks": masks,
        "broadcast": broadcast,
        "large_scores": large_scores,
        "wide": wide,
        "long": long,
    }[group](rng)


def one_head(rng):
    """All lengths equal first: there a transposition is an error of numbers."""
    lengths = [(3, 3, 3, 3), (4, 4, 4, 4), (3, 4, 5, 2), (5, 2, 3, 4), (2, 6, 2, 3), (1, 3, 4, 1)]
    return [inputs(rng, (), *one) for one in lengths]


def heads(rng):
    return [
        inputs(rng, (3,), 3, 3, 3, 3),
        inputs(rng, (2,), 3, 4, 5, 2),
        inputs(rng, (2, 3), 2, 4, 3, 3),
        inputs(rng, (2, 2), 4, 3, 2, 5),
    ]


def masks(rng):
    """Causal ones, and others that are no triangles."""
    return [
        inputs(rng, (), 4, 4, 3, 2, mask=np.tri(4, dtype=bool)),
        inputs(rng, (), 4, 4, 2, 3, mask=holes(rng, (4, 4))),
        inputs(rng, (), 3, 5, 3, 2, mask=holes(rng, (3, 5))),
        inputs(rng, (2,), 3, 4, 3, 2, mask=holes(rng, (3, 4))),
        inputs(rng, (2, 2), 5, 5, 2, 3, mask=np.tri(5, dtype=bool)),
    ]


def broadcast(rng):
    """Keys that are padding, each batch with its own; a mask of its own for each head."""
    return [
        inputs(rng, (2, 3), 3, 5, 3, 2, mask=holes(rng, (2, 1, 1, 5))),
        inputs(rng, (3,), 4, 4, 2, 3, mask=holes(rng, (3, 1, 4))),
        inputs(rng, (2, 2), 3, 4, 3, 2, mask=holes(rng, (2, 2, 3, 4))),
        inputs(rng, (2,), 3, 4, 2, 2, mask=holes(rng, (4,))),
    ]


def large_scores(rng):
    """Rows of scores about 1000 and about −1000, whose differences are small; then rows with both, all of
    them allowed, and with large ones forbidden.
    """
    made = []
    for lead, T, N, d, mask in [((), 4, 5, 3, None), ((2,), 4, 4, 4, np.tri(4, dtype=bool))]:
        case = inputs(rng, lead, T, N, d, 2, mask=mask)
        size = math.sqrt(1000 * math.sqrt(d))
        case["Q"][..., 0] = size * np.where(np.arange(T) % 2, -1.0, 1.0)
        case["K"][..., 0] = size
        made.append(case)
    both = inputs(rng, (), 3, 4, 3, 2)
    both["Q"][..., 0] = math.sqrt(1000 * math.sqrt(3))
    both["K"][..., 0] = both["Q"][0, 0] * np.array([1.0, -1.0, 1.0, -1.0])
    forbidden = np.array([[False, True, False, True], [True, True, False, True], [False, True, True, True]])
    return [*made, both, {**both, "mask": forbidden}]


def wide(rng):
    """Where the products of queries and keys, one by one, take 64 times the room of the scores."""
    return [inputs(rng, (), 512, 512, 64, 64, mask=np.tri(512, dtype=bool))]


def long(rng):
    """Each query sees itself and the 127 keys before it. With eight numbers to a key the softmax counts."""
    causal = np.tri(512, dtype=bool)
    return [inputs(rng, (), 512, 512, 8, 8, mask=causal & ~np.tri(512, k=-128, dtype=bool))]


def inputs(rng, lead, T, N, d, e, *, mask=None):
    return {
        "Q": 1.5 * rng.normal(size=(*lead, T, d)),
        "K": rng.normal(size=(*lead, N, d)),
        "V": rng.normal(size=(*lead, N, e)),
        "mask": mask,
    }


def holes(rng, shape):
    """In each row one key forbidden, two allowed, and the others by chance."""
    allowed = rng.random(size=shape) < 0.5
    allowed[..., :3] = [False, True, True]
    return rng.permuted(allowed, axis=-1)
