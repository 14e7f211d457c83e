import numpy as np


class RMSprop:
    """A step size for each weight, from a running mean of squared gradients."""

    def __init__(self, params, lr=1e-2, alpha=0.99, eps=1e-8):
        self.params = params
        self.lr = lr
        ...

    def step(self, grads):
        """Update every array of params from the gradient at its place in grads.

        grads: a list as long as params; an entry is an array of the same shape, or None
        """
        ...


class Adam:
    """RMSprop with momentum and bias correction."""

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.params = params
        self.lr = lr
        ...

    def step(self, grads):
        """As for RMSprop."""
        ...
