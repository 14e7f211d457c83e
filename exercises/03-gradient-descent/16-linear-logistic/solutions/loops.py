import math

import numpy as np


def fit_linear(w, b, X, y, l2):
    return summed(w, b, X, y, l2, lambda z, t: ((z - t) ** 2, 2 * (z - t)))


def fit_logistic(w, b, X, y, l2):
    return summed(w, b, X, y, l2, cross_entropy)


def cross_entropy(z, t):
    """-log p and its slope, from whichever exponential is small."""
    small = math.exp(-abs(z))
    p = 1 / (1 + small) if z >= 0 else small / (1 + small)
    wrong = -z if t else z
    return math.log1p(small) + max(wrong, 0.0), p - t


def summed(w, b, X, y, l2, loss_and_slope):
    loss, dw, db = 0.0, np.zeros(len(w)), 0.0
    for x, t in zip(X, y):
        one, slope = loss_and_slope(float(b + sum(x * w)), t)
        loss += one / len(y)
        dw = dw + slope * x / len(y)
        db += slope / len(y)
    return loss + l2 / 2 * sum(v * v for v in w), dw + l2 * w, db
