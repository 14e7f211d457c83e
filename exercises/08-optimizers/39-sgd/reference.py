"""torch.optim.SGD in float64, driven through NumPy arrays."""

import numpy as np
import torch


class SGD:
    """The course's interface around torch's optimizer; writes the result back into `params`."""

    def __init__(self, params, **options):
        self.params = params
        self.weights = [torch.tensor(p, dtype=torch.float64, requires_grad=True) for p in params]
        self.optimizer = torch.optim.SGD(self.weights, foreach=False, **options)

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


def histories(rng, group):
    makers = {
        "plain": plain,
        "momentum": momentum,
        "dampening": dampening,
        "nesterov": nesterov,
        "two_parameters": two_parameters,
        "decay": decay,
        "none": none,
        "defaults": defaults,
        "untouched": untouched,
    }
    return makers[group](rng)


def plain(rng):
    options = {"lr": 0.1, "momentum": 0.0}
    return [history(rng, [shape], options, steps=1) for shape in [(1,), (5,), (3, 4)]]


def momentum(rng):
    """Not 0.9 alone: at 0.5 the factors μ and 1 − μ would be the same."""
    settings = [((1,), 0.9), ((2,), 0.7), ((3, 4), 0.8)]
    made = [history(rng, [shape], {"lr": 0.1, "momentum": mu}) for shape, mu in settings]
    return [*made, without_slope(history(rng, [(2,)], {"lr": 0.1, "momentum": 0.6}), (4, 5))]


def dampening(rng):
    """Also where the velocity is zero at first, and begun all the same."""
    options = {"lr": 0.1, "momentum": 0.8, "dampening": 0.3}
    made = [history(rng, [shape], options) for shape in [(1,), (2,), (3, 4)]]
    return [*made, without_slope(history(rng, [(2,)], options), (0,))]


def nesterov(rng):
    options = {"lr": 0.1, "momentum": 0.8, "nesterov": True}
    return [history(rng, [shape], options) for shape in [(1,), (2,), (3, 4)]]


def two_parameters(rng):
    """Equal shapes first, where shared state goes unnoticed by the shapes."""
    options = {"lr": 0.1, "momentum": 0.8}
    plain = [history(rng, pair, options) for pair in ([(3,), (3,)], [(4,), (3, 2)])]
    ahead = history(rng, [(2, 4), (2, 4)], {**options, "nesterov": True})
    return [change_lr(h, step=6, lr=0.01) for h in (*plain, ahead)]


def decay(rng):
    """With momentum, and once without: there the decoupled decay would be the same."""
    options = {"lr": 0.1, "momentum": 0.8, "weight_decay": 0.3}
    return [
        history(rng, [(3,)], options),
        history(rng, [(2, 3)], {**options, "momentum": 0.0}),
        without_slope(history(rng, [(2,)], {**options, "momentum": 0.0}), (5,)),
        change_lr(history(rng, [(2,), (3, 4)], {**options, "nesterov": True}), step=6, lr=0.02),
    ]


def none(rng):
    options = {"lr": 0.1, "momentum": 0.8, "dampening": 0.3, "weight_decay": 0.3}
    made = [history(rng, [(3,), (2, 2)], options) for _ in range(2)]
    for (index, at), h in zip([(0, {2, 3, 7}), (1, {0, 1, 5, 6, 10})], made, strict=True):
        for k in at:
            h["steps"][k]["grads"][index] = None
    made[0]["steps"][9]["grads"] = [None, None]
    return made


def defaults(rng):
    return [history(rng, [(3,)], {}), history(rng, [(2, 3), (4,)], {"lr": 0.05})]


def untouched(rng):
    """With decay and without: there a velocity may be the very array that was given."""
    decays = (0.3, 0.0)
    return [
        history(rng, [(3,)], {"lr": 0.1, "momentum": 0.8, "weight_decay": decay}, steps=3) for decay in decays
    ]


def history(rng, shapes, options, *, steps=12):
    """Weights of size 1 to 2, and random gradients without entries near 0."""
    params = [signed(rng, shape, 1) for shape in shapes]
    grads = [[signed(rng, shape, 0.5) for shape in shapes] for _ in range(steps)]
    return {"params": params, "options": dict(options), "steps": [{"grads": one} for one in grads]}


def without_slope(h, steps):
    """Gradients of zeros, which are gradients."""
    for k in steps:
        h["steps"][k]["grads"] = [np.zeros_like(g) for g in h["steps"][k]["grads"]]
    return h


def signed(rng, shape, low):
    return rng.uniform(low, 2, size=shape) * rng.choice([-1, 1], size=shape)


def change_lr(h, *, step, lr):
    h["steps"][step]["set"] = {"lr": lr}
    return h
