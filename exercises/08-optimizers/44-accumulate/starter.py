import numpy as np


def accumulate(grad, params, x, y, size):
    """The gradients of the mean loss over all rows, from micro-batches of at most `size` rows.

    grad: grad(params, x, y) is a list of arrays, the gradients of the mean loss over the rows it is given
    x, y: the whole batch, a row for each example
    returns: a list of arrays, shaped like params
    """
    ...


class LossScaler:
    def __init__(self, params, schedule, max_norm=1.0, init_scale=65536.0, growth_interval=2000):
        """`schedule` holds the learning rate of each step, in order."""
        self.params = params
        self.schedule = schedule
        self.max_norm = max_norm
        self.scale = init_scale
        self.growth_interval = growth_interval

    def step(self, grads):
        """grads: a list like params, of gradients of the loss times `self.scale`, or None."""
        ...
