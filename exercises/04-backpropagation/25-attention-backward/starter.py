import numpy as np


def attention_backward(Q, K, V, dO, mask):
    """Return (dQ, dK, dV) of O = softmax(Q K^T / sqrt(d)) V.

    Q: shape (..., T, d)
    K: shape (..., N, d)
    V: shape (..., N, e)
    dO: the gradient at O, shape (..., T, e)
    mask: None, or booleans that broadcast to (..., T, N); True where a query may look at a key
    """
    ...
