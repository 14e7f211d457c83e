"""torch.optim.RMSprop and torch.optim.Adam in float64, driven through NumPy arrays."""

from functools import partial

import numpy as np
import torch


class Driven:
    """The course's interface around one of torch's optimizers; writes the result back into `params`."""

    def __init__(self, params, **options):
        self.params = params
        self.weights = [torch.tensor(p, dtype=torch.float64, requires_grad=True) for p in params]
        self.optimizer = self.make(self.weights, foreach=False, **options)

    @property
    def lr(self):
        return self.optimizer.param_groups[0]["lr"]

    @lr.setter
    def lr(self, value):
        self.optimizer.param_groups[0]["lr"] = value

    def step(self, grads):
        for weight, g in zip(self.weights, grads, strict=True):
            weight.grad = None if g is None else torch.tensor(g, dtype=torch.float64)
        self.optimizer.step()
        for p, weight in zip(self.params, self.weights, strict=True):
            p[...] = weight.detach().numpy()


class RMSprop(Driven):
    make = torch.optim.RMSprop


class Adam(Driven):
    make = torch.optim.Adam


# Not the defaults, and for Adam far enough apart to show in twelve steps. α is not ½, where the shares of old
# and new are the same.
MEANS = {"rmsprop": {"alpha": 0.8}, "adam": {"betas": (0.8, 0.99)}}
LONG_MEANS = {"rmsprop": {"alpha": 0.99}, "adam": {"betas": (0.9, 0.999)}}  # where ε̂ and ε are far apart
EXTREMES = np.array([0.0, 1e-6, 1.0, 1e4])


def histories(rng, group):
    optimizer, _, what = group.partition("_")
    makers = {
        "one_step": partial(one_step, means=MEANS[optimizer]),
        "twelve_steps": partial(twelve_steps, means=MEANS[optimizer]),
        "extreme": partial(extreme, means=LONG_MEANS[optimizer]),
        "two_parameters": partial(two_parameters, means=LONG_MEANS[optimizer]),
        "none": partial(none, means=MEANS[optimizer]),
        "defaults": defaults,
    }
    return makers[what](rng)


def one_step(rng, *, means):
    options = {"lr": 0.1, "eps": 0.0, **means}
    return [history(rng, [shape], options, steps=1) for shape in [(1,), (5,), (3, 4)]]


def twelve_steps(rng, *, means):
    options = {"lr": 0.1, "eps": 0.0, **means}
    made = [history(rng, [shape], options) for shape in [(1,), (2,), (3, 4)]]
    return [*made, without_slope(history(rng, [(2,)], options), (5, 6))]


def extreme(rng, *, means):
    """Columns whose gradients are 0, of size 1e-6, 1 and 1e4; eps = 1e-3 lies between."""
    options = {"lr": 0.1, "eps": 1e-3, **means}
    return [history(rng, [shape], options, scale=EXTREMES) for shape in [(4,), (3, 4)]]


def two_parameters(rng, *, means):
    """Equal shapes first, where shared state goes unnoticed by the shapes."""
    options = {"lr": 0.1, "eps": 1e-3, **means}
    shapes = [[(3,), (3,)], [(2, 4), (2, 4)], [(4,), (3, 2)]]
    return [change_lr(history(rng, pair, options), step=6, lr=0.01) for pair in shapes]


def none(rng, *, means):
    options = {"lr": 0.1, "eps": 1e-3, **means}
    made = [history(rng, [(3,), (2, 2)], options) for _ in range(2)]
    for (index, at), h in zip([(0, {2, 3, 7}), (1, {0, 1, 5, 6, 10})], made, strict=True):
        for k in at:
            h["steps"][k]["grads"][index] = None
    made[0]["steps"][9]["grads"] = [None, None]
    return made


def defaults(rng):
    return [history(rng, [(3,)], {}), history(rng, [(2, 3), (4,)], {"lr": 0.05})]


def history(rng, shapes, options, *, steps=12, scale=1.0):
    """Weights of size 1 to 2 and random gradients that fade, so that old ones weigh in v."""
    params = [signed(rng, shape, 1) for shape in shapes]
    grads = [[signed(rng, shape, 0.5) * scale * 0.8**k for shape in shapes] for k in range(steps)]
    return {"params": params, "options": dict(options), "steps": [{"grads": one} for one in grads]}


def without_slope(h, steps):
    """Gradients of zeros, which are gradients."""
    for k in steps:
        h["steps"][k]["grads"] = [np.zeros_like(g) for g in h["steps"][k]["grads"]]
    return h


def signed(rng, shape, low):
    """No entry near 0, so that no division is a matter of chance."""
    return rng.uniform(low, 2, size=shape) * rng.choice([-1, 1], size=shape)


def change_lr(h, *, step, lr):
    h["steps"][step]["set"] = {"lr": lr}
    return h
