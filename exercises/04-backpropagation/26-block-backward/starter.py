import numpy as np


def block_backward(x, gamma, beta, W1, b1, W2, b2, alpha, dy, eps):
    """Return a dict of the gradients of all twenty values of a residual block.

    x, dy: shape (N, d)
    gamma, beta, b2, alpha: shape (d,); b1: shape (k,)
    W1: shape (k, d); W2: shape (d, k)
    eps: added to the variance, inside the root
    """
    mu = x.mean(axis=-1, keepdims=True)  # (N, 1)
    c = x - mu  # (N, d)
    # the rest of the forward pass

    # and the way back; what you don't have yet you leave out
    return {"dalpha": ...}
