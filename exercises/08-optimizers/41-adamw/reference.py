"""torch.optim.AdamW in float64, driven through NumPy arrays."""

import numpy as np
import torch


class AdamW:
    """The course's interface around torch's optimizer; writes the result back into `params`."""

    def __init__(self, params, **options):
        self.params = params
        self.weights = [torch.tensor(p, dtype=torch.float64, requires_grad=True) for p in params]
        self.optimizer = torch.optim.AdamW(self.weights, foreach=False, **options)

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


BETAS = (0.8, 0.99)  # not the defaults, and far enough apart to show in twelve steps


def histories(rng, group):
    makers = {
        "one_step": one_step,
        "twelve_steps": twelve_steps,
        "extreme": extreme,
        "two_parameters": two_parameters,
        "decay": decay,
        "none": none,
        "defaults": defaults,
    }
    return makers[group](rng)


def one_step(rng):
    options = {"lr": 0.1, "betas": BETAS, "eps": 0.0, "weight_decay": 0.0}
    return [history(rng, [shape], options, steps=1) for shape in [(1,), (5,), (3, 4)]]


def twelve_steps(rng):
    options = {"lr": 0.1, "betas": BETAS, "eps": 0.0, "weight_decay": 0.0}
    return [history(rng, [shape], options) for shape in [(1,), (2,), (3, 4)]]


def extreme(rng):
    """Columns whose gradients are 0, of size 1e-6, 1 and 1e4; eps = 1e-3 lies between."""
    options = {"lr": 0.1, "betas": (0.9, 0.999), "eps": 1e-3, "weight_decay": 0.0}
    return [history(rng, [shape], options, scale=EXTREMES) for shape in [(4,), (3, 4)]]


def two_parameters(rng):
    """Equal shapes first, where shared state goes unnoticed by the shapes."""
    options = {"lr": 0.1, "betas": (0.9, 0.999), "eps": 1e-3, "weight_decay": 0.0}
    shapes = [[(3,), (3,)], [(2, 4), (2, 4)], [(4,), (3, 2)]]
    return [change_lr(history(rng, pair, options), step=6, lr=0.01) for pair in shapes]


def decay(rng):
    options = {"lr": 0.1, "betas": (0.9, 0.999), "eps": 1e-3, "weight_decay": 0.3}
    plain = history(rng, [(3,)], options)
    both = [history(rng, [(4,), (3, 4)], options, scale=EXTREMES) for _ in range(2)]
    still = without_slope(history(rng, [(2,)], options), (0, 5, 6))
    return [plain, *(change_lr(h, step=6, lr=0.02) for h in both), still]


def none(rng):
    options = {"lr": 0.1, "betas": (0.9, 0.999), "eps": 1e-3, "weight_decay": 0.3}
    made = [history(rng, [(3,), (2, 2)], options) for _ in range(2)]
    for skipped, h in zip([(0, {2, 3, 7}), (1, {0, 1, 5, 6, 10})], made, strict=True):
        index, at = skipped
        for k in at:
            h["steps"][k]["grads"][index] = None
    made[0]["steps"][9]["grads"] = [None, None]
    return made


def defaults(rng):
    return [history(rng, [(3,)], {}), history(rng, [(2, 3), (4,)], {"lr": 0.05})]


EXTREMES = np.array([0.0, 1e-6, 1.0, 1e4])


def history(rng, shapes, options, *, steps=12, scale=1.0):
    """Weights of size 1 to 2 and random gradients that fade, so that old ones weigh in v."""
    params = [rng.uniform(1, 2, size=shape) * rng.choice([-1, 1], size=shape) for shape in shapes]
    grads = [[gradient(rng, shape, scale) * 0.8**k for shape in shapes] for k in range(steps)]
    return {"params": params, "options": dict(options), "steps": [{"grads": one} for one in grads]}


def without_slope(h, steps):
    """Gradients of zeros, which are gradients."""
    for k in steps:
        h["steps"][k]["grads"] = [np.zeros_like(g) for g in h["steps"][k]["grads"]]
    return h


def gradient(rng, shape, scale):
    """No entry near 0, so that no division is a matter of chance."""
    return rng.uniform(0.5, 2, size=shape) * rng.choice([-1, 1], size=shape) * scale


def change_lr(h, *, step, lr):
    h["steps"][step]["set"] = {"lr": lr}
    return h
