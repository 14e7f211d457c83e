import numpy as np


def numeric_jacobian(f, x):
    """Return the Jacobian of f at x, from central differences.

    f: takes an array like x, returns an array of shape (m,), or a float
    x: an array of shape (n,), or without axes, of floats or of whole numbers; left as it was
    returns: an array of shape (m, n)
    """
    ...
