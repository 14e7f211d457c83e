import numpy as np


def clip_grad_norm_(grads, max_norm):
    present = [g for g in grads if g is not None]
    norm = np.sqrt(sum(np.sum(g**2) for g in present))
    if norm > max_norm:
        for g in present:
            g *= max_norm / norm
    return float(norm)


class ClippedDescent:
    def __init__(self, params, lr=1.0, max_norm=1.0):
        self.params, self.lr, self.max_norm = params, lr, max_norm

    def step(self, grads):
        arrays = list(grads)
        clip_grad_norm_(list(arrays), self.max_norm)
        for p, g in zip(self.params, arrays):
            if g is not None:
                p -= self.lr * g
