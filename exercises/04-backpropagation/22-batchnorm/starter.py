import numpy as np


def batchnorm_forward_backward(x, gamma, beta, running_mean, running_var, dy, training, momentum, eps):
    """Return (y, dx, dgamma, dbeta, running_mean, running_var), the last two as they are afterwards.

    x, dy: shape (N, C) or (N, C, H, W); axis 1 is the channel
    gamma, beta, running_mean, running_var: shape (C,)
    training: normalise with the batch's statistics (True) or with the running ones (False)
    momentum: weight of the new value in the running statistics
    eps: added to the variance, inside the root
    """
    ...
