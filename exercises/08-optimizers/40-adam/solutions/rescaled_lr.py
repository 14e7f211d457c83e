import math

import numpy as np


class RMSprop:
    def __init__(self, params, lr=1e-2, alpha=0.99, eps=1e-8):
        self.params, self.lr, self.alpha, self.eps = params, lr, alpha, eps
        self.state = {}

    def step(self, grads):
        for i in range(len(grads)):
            if grads[i] is not None:
                old = self.state.get(i, 0.0)
                self.state[i] = self.alpha * old + (1.0 - self.alpha) * (grads[i] * grads[i])
                self.params[i] -= self.lr * (grads[i] / (self.state[i] ** 0.5 + self.eps))


class Adam:
    """The root of the correction drawn out of the fraction, and eps with it."""

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.params, self.lr, self.betas, self.eps = params, lr, betas, eps
        self.state = {}

    def step(self, grads):
        b1, b2 = self.betas
        for i, g in enumerate(grads):
            if g is None:
                continue
            t, m, v = self.state.get(i, (0, 0.0, 0.0))
            t, m, v = t + 1, b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g * g
            self.state[i] = t, m, v
            root = math.sqrt(1 - b2**t)
            rate = self.lr * root / (1 - b1**t)
            self.params[i] -= rate * m / (np.sqrt(v) + self.eps * root)
