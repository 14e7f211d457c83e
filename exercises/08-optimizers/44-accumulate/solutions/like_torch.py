import math


def accumulate(grad, params, x, y, size):
    n = len(x)
    start, sums = 0, [0.0 for _ in params]
    while start < n:
        stop = min(start + size, n)
        means = grad(params, x[start:stop], y[start:stop])
        sums = [s + (stop - start) * m for s, m in zip(sums, means)]
        start = stop
    return [s / n for s in sums]


class LossScaler:
    """Unscales, looks for infinities, clips with torch's 1e-6, steps, updates the scale: a method for each."""

    def __init__(self, params, schedule, max_norm=1.0, init_scale=65536.0, growth_interval=2000):
        self.params, self.schedule, self.max_norm = params, schedule, max_norm
        self.scale, self.growth_interval = init_scale, growth_interval
        self.steps = self.tracker = 0

    def step(self, grads):
        unscaled = [None if g is None else g.astype(float) * (1 / self.scale) for g in grads]
        found = any(not math.isfinite(v) for g in unscaled if g is not None for v in g.flat)
        if not found:
            self.descend(self.clipped(unscaled))
        self.update(found)

    def clipped(self, grads):
        total = math.sqrt(math.fsum(v**2 for g in grads if g is not None for v in g.flat))
        coefficient = self.max_norm / (total + 1e-6)
        return grads if coefficient > 1 else [None if g is None else coefficient * g for g in grads]

    def descend(self, grads):
        lr = self.schedule[self.steps]
        for i, g in enumerate(grads):
            if g is not None:
                self.params[i] -= lr * g
        self.steps += 1

    def update(self, found):
        self.tracker = 0 if found else self.tracker + 1
        if found:
            self.scale *= 0.5
        elif self.tracker % self.growth_interval == 0:
            self.scale *= 2.0
