import numpy as np


def accumulate(grad, params, x, y, size):
    total = [np.zeros_like(p) for p in params]
    for i in range(0, len(x), size):
        rows = x[i : i + size]
        for t, g in zip(total, grad(params, rows, y[i : i + size])):
            t += len(rows) * g
    return [t / len(x) for t in total]


class LossScaler:
    def __init__(self, params, schedule, max_norm=1.0, init_scale=65536.0, growth_interval=2000):
        self.params, self.schedule, self.max_norm = params, schedule, max_norm
        self.factor, self.growth_interval = init_scale, growth_interval
        self.t = 0
        self.good = 0

    def step(self, grads):
        present = [g for g in grads if g is not None]
        if not all(np.isfinite(g).all() for g in present):
            self.factor /= 2
            self.good = 0
            return
        grads = [None if g is None else g.astype(np.float64) / self.factor for g in grads]
        norm = np.sqrt(sum(np.sum(g**2) for g in grads if g is not None))
        factor = self.max_norm / max(norm, self.max_norm)
        for p, g in zip(self.params, grads):
            if g is not None:
                p -= self.schedule[self.t] * factor * g
        self.t += 1
        self.good += 1
        if self.good == self.growth_interval:
            self.factor *= 2
            self.good = 0
