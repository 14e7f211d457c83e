import numpy as np


def vjp_reduce(op, x, axis, keepdims, dy):
    """Return the gradient of x, in its shape.

    op: "sum", "mean", "max" or "var"
    x: an array with at least one axis
    axis: a number (negative ones count from the end), a tuple of numbers, or None for all the axes
    keepdims: whether the reduced axes were kept, with length 1
    dy: the gradient at the result, in its shape
    """
    ...
