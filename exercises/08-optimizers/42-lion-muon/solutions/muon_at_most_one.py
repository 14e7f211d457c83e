import numpy as np


class Lion:
    def __init__(self, params, lr=1e-4, betas=(0.9, 0.99), weight_decay=0.0):
        self.params = params
        self.lr, self.betas, self.weight_decay = lr, betas, weight_decay
        self.m = [np.zeros_like(p) for p in params]

    def step(self, grads):
        beta1, beta2 = self.betas
        for k, (p, g) in enumerate(zip(self.params, grads)):
            if g is None:
                continue
            c = beta1 * self.m[k] + (1 - beta1) * g
            p *= 1 - self.lr * self.weight_decay
            p -= self.lr * np.sign(c)
            self.m[k] = beta2 * self.m[k] + (1 - beta2) * g


class Muon:
    def __init__(self, params, lr=1e-3, weight_decay=0.1, momentum=0.95, nesterov=True):
        self.params = params
        self.lr, self.weight_decay = lr, weight_decay
        self.momentum, self.nesterov = momentum, nesterov
        self.b = [np.zeros_like(p) for p in params]

    def step(self, grads):
        mu = self.momentum
        for i, (p, g) in enumerate(zip(self.params, grads)):
            if g is None:
                continue
            self.b[i] = mu * self.b[i] + g
            update = g + mu * self.b[i] if self.nesterov else self.b[i]
            rows, columns = p.shape
            scale = max(1, rows / columns) ** 0.5
            p *= 1 - self.lr * self.weight_decay
            p -= self.lr * scale * newton_schulz(update)


def newton_schulz(G):
    X = G / max(np.linalg.norm(G), 1.0)
    for _ in range(5):
        A = X @ X.T
        X = 3.4445 * X + (-4.775 * A + 2.0315 * A @ A) @ X
    return X
