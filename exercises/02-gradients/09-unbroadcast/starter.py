import numpy as np


def unbroadcast(dy, shape):
    """Return the gradient of an array of that shape which was broadcast to the shape of dy.

    dy: the gradient after broadcasting
    shape: a tuple, the shape before; () for an array without axes
    """
    ...


def vjp_add(a, b, dy):
    """Return (da, db) of a + b. dy: the gradient at the sum, in its shape."""
    ...


def vjp_mul(a, b, dy):
    """Return (da, db) of a * b. dy: the gradient at the product, in its shape."""
    ...


def vjp_div(a, b, dy):
    """Return (da, db) of a / b. dy: the gradient at the quotient, in its shape."""
    ...
