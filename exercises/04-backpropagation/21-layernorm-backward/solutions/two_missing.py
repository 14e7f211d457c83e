import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    # forward, keeping every intermediate
    d = x.shape[-1]
    mu = x.sum(axis=-1, keepdims=True) / d
    centred = x - mu
    square = centred * centred
    var = square.sum(axis=-1, keepdims=True) / d
    s = np.sqrt(var + eps)
    xhat = centred / s
    # backward, one intermediate after the other
    dgamma = np.sum(dy * xhat, axis=0)
    dbeta = np.sum(dy, axis=0)
    dxhat = dy * gamma
    ds = np.sum(-dxhat * centred / s**2, axis=-1, keepdims=True)
    dvar = ds / (2 * s)
    dsquare = np.ones_like(x) * dvar / d
    dcentred = dxhat / s + centred * dsquare
    dmu = -np.sum(dcentred, axis=-1, keepdims=True)
    dx = dcentred + np.ones_like(x) * dmu / d
    return dx, dgamma, dbeta
