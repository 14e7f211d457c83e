import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    mu = x.mean(axis=0)
    var = x.var(axis=0) + 1e-12
    s = np.sqrt(var + eps)
    xhat = (x - mu) / s
    g = dy * gamma
    dx = (g - g.mean(axis=0) - xhat * (g * xhat).mean(axis=0)) / s
    dgamma = (dy * xhat).sum(axis=0)
    dbeta = dy.sum(axis=0)
    return dx, dgamma, dbeta
