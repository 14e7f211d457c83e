"""AdamW in float64, written out over flat arrays."""

import numpy as np

CASES, STEPS = 20, 12


class AdamW:
    """One vector for all parameters, with the decay folded into one factor."""

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        self.params, self.lr, self.betas = params, lr, betas
        self.eps, self.weight_decay = eps, weight_decay
        self.w = np.concatenate([p.ravel() for p in params])
        self.m, self.v, self.t = np.zeros_like(self.w), np.zeros_like(self.w), 0

    def step(self, grads):
        beta1, beta2 = self.betas
        g = np.concatenate([g.ravel() for g in grads])
        self.t += 1
        self.m += (1 - beta1) * (g - self.m)
        self.v += (1 - beta2) * (g * g - self.v)
        size = self.lr / (1 - beta1**self.t)
        root = np.sqrt(self.v / (1 - beta2**self.t)) + self.eps
        self.w += -self.lr * self.weight_decay * self.w - size * self.m / root
        start = 0
        for p in self.params:
            p[...] = self.w[start : start + p.size].reshape(p.shape)
            start += p.size


def histories(rng, group):
    return [history(rng) for _ in range(CASES)]


def history(rng):
    shapes = [(4,), (3, 4)]
    steps = [{"grads": [rng.normal(size=shape) for shape in shapes]} for _ in range(STEPS)]
    options = {"lr": 0.1, "betas": (0.9, 0.999), "eps": 1e-3, "weight_decay": 0.3}
    return {"params": [rng.normal(size=shape) for shape in shapes], "options": options, "steps": steps}
