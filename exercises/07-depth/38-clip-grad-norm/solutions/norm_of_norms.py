import numpy as np


def clip_grad_norm_(grads, max_norm):
    norms = [np.linalg.norm(g) for g in grads if g is not None]
    norm = float(np.linalg.norm(norms)) if norms else 0.0
    factor = min(1.0, max_norm / (norm + 1e-6))
    for g in grads:
        if g is not None:
            np.multiply(g, factor, out=g)
    return norm


class ClippedDescent:
    def __init__(self, params, lr=1.0, max_norm=1.0):
        self.params, self.lr, self.max_norm = params, lr, max_norm

    def step(self, grads):
        arrays = [None if g is None else g.copy() for g in grads]
        clip_grad_norm_(list(arrays), self.max_norm)
        for p, g in zip(self.params, arrays):
            if g is not None:
                p -= self.lr * g
