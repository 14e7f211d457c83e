import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    """Return (dx, dgamma, dbeta) of y = gamma * xhat + beta.

    x, dy: shape (N, d), each row normalised by itself
    gamma: shape (d,)
    eps: added to the variance, inside the root
    """
    ...
