import numpy as np


class SGD:
    """Stochastic gradient descent over a list of arrays that change in place."""

    def __init__(self, params, lr=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0, nesterov=False):
        self.params = params
        self.lr = lr
        ...

    def step(self, grads):
        """Update every array of params from the gradient at its place in grads.

        grads: a list as long as params; an entry is an array of the same shape, or None
        """
        ...
