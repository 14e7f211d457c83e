"""torch.nn.utils.clip_grad_norm_ in float64, and gradient descent around it."""

import numpy as np
import torch


def norm_before(grads, max_norm):
    if max_norm <= 0:
        raise ValueError("the largest norm is not positive")
    leaves = with_gradients(grads)
    return float(torch.nn.utils.clip_grad_norm_(leaves, max_norm))


def with_gradients(grads):
    """A leaf for each gradient, which is where torch looks for it."""
    leaves = []
    for g in grads:
        leaf = torch.zeros(() if g is None else g.shape, dtype=torch.float64, requires_grad=True)
        leaf.grad = None if g is None else torch.tensor(g, dtype=torch.float64)
        leaves.append(leaf)
    return leaves


class ClippedDescent:
    def __init__(self, params, lr=1.0, max_norm=1.0):
        self.params, self.lr, self.max_norm = params, lr, max_norm

    def step(self, grads):
        leaves = with_gradients(grads)
        torch.nn.utils.clip_grad_norm_(leaves, self.max_norm)
        for p, leaf in zip(self.params, leaves, strict=True):
            if leaf.grad is not None:
                p[...] = p - self.lr * leaf.grad.numpy()


SHAPES = [[(2,), (1,)], [(3,), (2, 3)], [(2, 2), (4,), (3, 2)]]
WITHOUT_AXES = [(), (3,)]


def cases(rng, group):
    """Half of them are too long."""
    made = [
        given(gradients(rng, shapes), share) for shapes in [*SHAPES, WITHOUT_AXES] for share in (0.4, 3.0)
    ]
    return made if group == "norm" else [*map(without_some, made), {"grads": [None, None], "max_norm": 2.0}]


def given(grads, share):
    return {"grads": grads, "max_norm": float(share * length(grads))}


def without_some(case):
    """Every second gradient is None; the first one in a list of two."""
    keep = 1 if len(case["grads"]) == 2 else 0
    return {**case, "grads": [g if i % 2 == keep else None for i, g in enumerate(case["grads"])]}


def histories(rng, group):
    makers = {"long": long, "short": short, "zeros": zeros, "none": none}
    return makers[group](rng)


def long(rng):
    """With the class's own max_norm in the second, and another learning rate in the third."""
    made = [history(rng, shapes, share=0.3) for shapes in SHAPES]
    made[1]["options"] = {}
    made[2]["options"]["lr"] = float(rng.uniform(0.3, 0.7))
    return [*made, history(rng, WITHOUT_AXES, share=0.3)]


def short(rng):
    """Above 1 and below max_norm, where nothing is to be done, and the other way round."""
    above = [history(rng, shapes, share=2.0, size=2.0) for shapes in SHAPES]
    return [*above, history(rng, SHAPES[1], share=2.0, size=0.05)]


def zeros(rng):
    """Two steps of zeros in a row, and one array of zeros beside others."""
    h = history(rng, SHAPES[1], share=0.5)
    h["steps"] = [{"grads": [0.0 * g for g in one["grads"]]} for one in h["steps"][:2]] + h["steps"][2:]
    h["steps"][2]["grads"][0] = 0.0 * h["steps"][2]["grads"][0]
    return [h]


def none(rng):
    made = [history(rng, shapes, share=0.2) for shapes in SHAPES]
    for i, h in enumerate(made):
        h["steps"][i]["grads"][i % 2] = None
    made[0]["steps"][1]["grads"] = [None, None]
    return made


def history(rng, shapes, *, share, size=1.0):
    """Three steps; max_norm is that share of the shortest gradient, or of the longest where share > 1."""
    grads = [[np.asarray(size * g) for g in gradients(rng, shapes)] for _ in range(3)]
    lengths = [length(one) for one in grads]
    bound = share * (max(lengths) if share > 1 else min(lengths))
    params = [np.asarray(rng.uniform(-1, 1, size=shape)) for shape in shapes]
    steps = [{"grads": one} for one in grads]
    return {"params": params, "options": {"max_norm": float(bound)}, "steps": steps}


def gradients(rng, shapes):
    """Of different lengths, and without elements near 0."""
    sizes = rng.permutation(np.geomspace(1, 3, len(shapes)))
    return [np.asarray(s * signed(rng, shape)) for s, shape in zip(sizes, shapes, strict=True)]


def signed(rng, shape):
    return np.asarray(rng.uniform(0.5, 2, size=shape) * rng.choice([-1, 1], size=shape))


def length(grads):
    return np.sqrt(sum(np.sum(g**2) for g in grads))
