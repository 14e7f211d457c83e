import numpy as np


def fit_linear(w, b, X, y, l2):
    error = X @ w + b - y
    loss = (error**2).mean() + l2 / 2 * (w @ w)
    return loss, 2 * X.T @ error / len(y) + l2 * w, 2 * error.mean()


def fit_logistic(w, b, X, y, l2):
    z = X @ w + b
    loss = (np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))).mean() + l2 / 2 * (w @ w)
    error = 0.5 * (1 + np.tanh(z / 2)) - y
    return loss, X.T @ error / len(y) + l2 * w, error.mean()
