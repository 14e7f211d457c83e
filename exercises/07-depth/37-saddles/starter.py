import numpy as np


def classify_critical_point(H):
    """Return "min", "max", "saddle" or "degenerate".

    H: the Hessian at a critical point, a symmetric float64 array of shape (n, n)
    """
    ...


def escape_saddle(grad, hvp, x0):
    """Return a point with a loss at least 1 lower than at the saddle x0.

    grad: takes an array of shape (n,), returns the gradient there
    hvp: takes a point x and a vector v, both of shape (n,), returns the Hessian at x times v
    x0: the saddle, shape (n,); grad(x0) is zero
    """
    ...
