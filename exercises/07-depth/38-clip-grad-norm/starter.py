import numpy as np


def clip_grad_norm_(grads, max_norm):
    """Shorten the gradients in place to a common norm of at most max_norm.

    grads: a list of arrays, or None where there is no gradient
    returns: their norm before, a float
    """
    ...


class ClippedDescent:
    """Gradient descent with your clipping in it. Complete: leave it as it is."""

    def __init__(self, params, lr=1.0, max_norm=1.0):
        self.params, self.lr, self.max_norm = params, lr, max_norm

    def step(self, grads):
        arrays = [None if g is None else g.copy() for g in grads]
        clip_grad_norm_(list(arrays), self.max_norm)
        for p, g in zip(self.params, arrays):
            if g is not None:
                p -= self.lr * g
