import numpy as np


def accumulate(grad, params, x, y, size):
    """Split the rows with NumPy, and weight every micro-batch by its share."""
    cuts = np.arange(size, len(x), size)
    grads = None
    for xs, ys in zip(np.split(x, cuts), np.split(y, cuts)):
        part = [g * (len(xs) / len(x)) for g in grad(params, xs, ys)]
        grads = part if grads is None else [a + b for a, b in zip(grads, part)]
    return grads


class LossScaler:
    """Keeps an iterator over the schedule, and counts down to the next growth."""

    def __init__(self, params, schedule, max_norm=1.0, init_scale=65536.0, growth_interval=2000):
        self.params = params
        self.rates = iter(schedule)
        self.max_norm = max_norm
        self.scale = init_scale
        self.interval = self.left = growth_interval

    def step(self, grads):
        pairs = [(p, np.asarray(g, dtype=p.dtype)) for p, g in zip(self.params, grads) if g is not None]
        if not np.isfinite(sum(g.sum() for _, g in pairs)):
            self.scale, self.left = 0.5 * self.scale, self.interval
            return
        length = np.sqrt(sum(np.vdot(g, g) for _, g in pairs)) / self.scale
        shrink = self.max_norm / max(length, self.max_norm)
        lr = next(self.rates)
        for p, g in pairs:
            p[...] = p - lr * shrink * (g / self.scale)
        self.left -= 1
        if not self.left:
            self.scale, self.left = 2 * self.scale, self.interval
