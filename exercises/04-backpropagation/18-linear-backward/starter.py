import numpy as np


def linear_backward(x, W, dy):
    """Return (dx, dW, db) of the layer y = x @ W.T + b.

    x: inputs, shape (N, n) or (B, T, n)
    W: weights, shape (m, n)
    dy: the gradient at the output, shape (N, m) or (B, T, m)
    """
    ...
