import numpy as np


def clip_grad_norm_(grads, max_norm):
    kept = [i for i, g in enumerate(grads) if g is not None]
    flat = np.concatenate([np.zeros(1), *(grads[i].ravel() for i in kept)])
    length = (flat @ flat) ** 0.5
    if length <= max_norm:
        return length
    for i in kept:
        grads[i][...] = grads[i] / length * max_norm
    return length


class ClippedDescent:
    def __init__(self, params, lr=1.0, max_norm=1.0):
        self.params, self.lr, self.max_norm = params, lr, max_norm

    def step(self, grads):
        arrays = [None if g is None else g.copy() for g in grads]
        clip_grad_norm_(list(arrays), self.max_norm)
        for p, g in zip(self.params, arrays):
            if g is not None:
                p -= self.lr * g
