import numpy as np


class Lion:
    def __init__(self, params, lr=1e-4, betas=(0.9, 0.99), weight_decay=0.0):
        self.params, self.lr, self.weight_decay = params, lr, weight_decay
        self.beta1, self.beta2 = betas
        self.past = [[] for _ in params]

    def mean(self, past):
        """Of all gradients so far, the latest with weight 1 - beta2."""
        terms = [(1 - self.beta2) * self.beta2**age * g for age, g in enumerate(reversed(past))]
        return sum(terms) if terms else 0.0

    def step(self, grads):
        for p, g, past in zip(self.params, grads, self.past):
            if g is None:
                continue
            mixed = self.beta1 * self.mean(past) + (1 - self.beta1) * g
            past.append(g.copy())
            p -= self.lr * self.weight_decay * p
            p -= self.lr * ((mixed > 0) * 1.0 - (mixed < 0) * 1.0)


class Muon:
    def __init__(self, params, lr=1e-3, weight_decay=0.1, momentum=0.95, nesterov=True):
        self.params, self.lr = params, lr
        self.weight_decay, self.momentum, self.nesterov = weight_decay, momentum, nesterov
        self.velocity = {}

    def step(self, grads):
        for i, g in enumerate(grads):
            if g is None:
                continue
            p = self.params[i]
            v = self.velocity[i] = self.momentum * self.velocity.get(i, 0.0) + g
            if self.nesterov:
                v = g + self.momentum * v
            U, s, Vt = np.linalg.svd(v, full_matrices=False)
            s = s / max(np.sqrt((s**2).sum()), 1e-7)
            for _ in range(5):
                s = s * (3.4445 + s**2 * (-4.775 + s**2 * 2.0315))
            p -= self.lr * (self.weight_decay * p)
            p -= self.lr * np.sqrt(max(p.shape[0], p.shape[1]) / p.shape[1]) * (U * s) @ Vt
