import numpy as np


def grad_quadratic(A, b, x):
    """Return the gradient of ½ xᵀ A x − bᵀ x at x.

    A: a square matrix, shape (n, n), not symmetric in general
    b: shape (n,)
    x: the point, shape (n,)
    returns: an array of shape (n,)
    """
    ...
