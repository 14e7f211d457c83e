import numpy as np


def jvp(f, x, v):
    """Return the product of the Jacobian of f at x with v.

    f: takes an array of shape (n,), returns one of shape (m,); call it at most twice
    x: the point, shape (n,); left as it was
    v: the direction, shape (n,), of any length, or zero
    returns: an array of shape (m,)
    """
    ...


def hvp(grad, x, v):
    """Return the product of the Hessian at x with v.

    grad: the gradient of a loss, takes and returns an array of shape (n,); call it at most twice
    x: the point, shape (n,); left as it was
    v: the direction, shape (n,), of any length, or zero
    returns: an array of shape (n,)
    """
    ...
