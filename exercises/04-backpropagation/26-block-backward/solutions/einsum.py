import numpy as np


def sigmoid(z):
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def block_backward(x, gamma, beta, W1, b1, W2, b2, alpha, dy, eps):
    g = {}
    mu = np.einsum("nd->n", x)[:, None] / x.shape[1]
    c = x - mu
    s = np.sqrt(np.einsum("nd,nd->n", c, c)[:, None] / x.shape[1] + eps)
    xhat = c / s
    n = xhat * gamma + beta
    h = np.einsum("nd,kd->nk", n, W1) + b1
    p = sigmoid(h)
    a = h * p
    o = np.einsum("nk,dk->nd", a, W2) + b2

    g["do"] = np.einsum("nd,d->nd", dy, alpha)
    g["dalpha"] = np.einsum("nd,nd->d", dy, o)
    g["db2"] = np.einsum("nd->d", g["do"])
    g["dW2"] = np.einsum("nd,nk->dk", g["do"], a)
    g["da"] = np.einsum("nd,dk->nk", g["do"], W2)
    g["dp"] = g["da"] * h
    g["dh"] = g["da"] * (p + a * (1 - p))
    g["db1"] = np.einsum("nk->k", g["dh"])
    g["dW1"] = np.einsum("nk,nd->kd", g["dh"], n)
    g["dn"] = np.einsum("nk,kd->nd", g["dh"], W1)
    g["dbeta"] = np.einsum("nd->d", g["dn"])
    g["dgamma"] = np.einsum("nd,nd->d", g["dn"], xhat)
    g["dxhat"] = np.einsum("nd,d->nd", g["dn"], gamma)

    # the deviations of a row sum to 0, so the variance has no say in dmu
    mean = g["dxhat"].mean(axis=1, keepdims=True)
    along = (g["dxhat"] * xhat).mean(axis=1, keepdims=True)
    g["dr"] = np.einsum("nd,nd->n", g["dxhat"], c)[:, None]
    g["ds"] = -g["dr"] / (s * s)
    g["dvar"] = -0.5 * g["dr"] / s**3
    g["dc"] = (g["dxhat"] - xhat * along) / s
    g["dmu"] = -np.einsum("nd->n", g["dxhat"])[:, None] / s
    g["du"] = (g["dxhat"] - mean - xhat * along) / s
    g["dx"] = dy + g["du"]
    return g
