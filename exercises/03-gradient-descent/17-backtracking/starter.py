import numpy as np


def backtracking(f, grad, x, d, t0, beta, c):
    """A step length t along d that lowers f enough.

    f: takes an array of shape (n,), returns a number (NaN where f is not defined)
    grad: takes an array of shape (n,), returns the gradient there; call it once
    x, d: the point and the direction, float64 arrays of shape (n,)
    t0: the first length to try
    beta: the factor by which a length is shrunk, between 0 and 1
    c: the part of the promised decrease that is asked for, between 0 and 1
    """
    ...
