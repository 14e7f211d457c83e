import numpy as np


class AdamW:
    """Adam with decoupled weight decay, over a list of arrays that change in place."""

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        self.params = params
        self.lr = lr
        ...

    def step(self, grads):
        """Update every array of params from the gradient at its place in grads.

        grads: a list as long as params; an entry is an array of the same shape, or None
        """
        ...
