import numpy as np


def max_stable_lr(A):
    """The largest learning rate at which no part of the error grows, as a float.

    A: the symmetric matrix of second derivatives, float64, shape (n, n), not zero
    returns: 0.0 if A has a negative eigenvalue
    """
    ...


def rate(A, lr):
    """The largest of the factors |1 − lr·λ| over the eigenvalues λ of A, as a float.

    A: symmetric, float64, shape (n, n); its eigenvalues may have any sign
    lr: the learning rate, above 0
    """
    ...
