import numpy as np


class Lion:
    """Steps by the sign of a mixture of the mean gradient and the new one."""

    def __init__(self, params, lr=1e-4, betas=(0.9, 0.99), weight_decay=0.0):
        self.params = params
        self.lr = lr
        ...

    def step(self, grads):
        """Update every array of params from the gradient at its place in grads.

        grads: a list as long as params; an entry is an array of the same shape, or None
        """
        ...


class Muon:
    """Momentum whose matrix is made nearly orthogonal before the step."""

    def __init__(self, params, lr=1e-3, weight_decay=0.1, momentum=0.95, nesterov=True):
        self.params = params
        self.lr = lr
        ...

    def step(self, grads):
        """As for Lion; every array is a matrix."""
        ...


def newton_schulz(B):
    """Five steps that bring the singular values of a matrix near 1."""
    ...
