import numpy as np


def fit_linear(w, b, X, y, l2):
    error = X @ w + b - y
    loss = np.sqrt((error**2).mean()) + l2 / 2 * (w @ w)
    dw = 2 * X.T @ error / len(y) + l2 * w
    db = 2 * error.mean()
    return loss, dw, db


def fit_logistic(w, b, X, y, l2):
    z = X @ w + b
    p = 1 / (1 + np.exp(-z))
    loss = (np.logaddexp(0, z) - y * z).mean() + l2 / 2 * (w @ w)
    dw = X.T @ (p - y) / len(y) + l2 * w
    db = (p - y).mean()
    return loss, dw, db
