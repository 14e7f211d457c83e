import numpy as np


def vjp_matmul(A, B, dC):
    """Return (dA, dB) of the product C = A @ B.

    A: shape (..., m, k)
    B: shape (..., k, n), with the same leading axes
    dC: the gradient at the product, shape (..., m, n)
    """
    ...
