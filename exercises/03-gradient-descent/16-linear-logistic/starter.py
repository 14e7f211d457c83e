import numpy as np


def fit_linear(w, b, X, y, l2):
    """The mean squared error of X @ w + b with a penalty, and its gradient.

    w: weights, float64, shape (d,)
    b: bias, a float
    X: examples, one in each row, shape (N, d)
    y: targets, shape (N,)
    l2: the factor of the penalty l2 / 2 · ‖w‖²
    returns: (loss, dw, db)
    """
    ...


def fit_logistic(w, b, X, y, l2):
    """The mean cross-entropy of the logits X @ w + b with a penalty, and its gradient.

    y: targets, 0.0 or 1.0, shape (N,); the others as for fit_linear
    returns: (loss, dw, db), finite for logits up to ±1000
    """
    ...
