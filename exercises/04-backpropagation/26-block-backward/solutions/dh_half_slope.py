import numpy as np


def block_backward(x, gamma, beta, W1, b1, W2, b2, alpha, dy, eps):
    d = x.shape[1]

    mu = x.mean(axis=1, keepdims=True)
    c = x - mu
    var = (c**2).mean(axis=1, keepdims=True)
    s = np.sqrt(var + eps)
    r = 1 / s
    xhat = c * r
    n = gamma * xhat + beta
    h = n @ W1.T + b1
    p = 1 / (1 + np.exp(-h))
    a = h * p
    o = a @ W2.T + b2

    dalpha = (dy * o).sum(axis=0)
    do = alpha * dy
    db2 = do.sum(axis=0)
    dW2 = do.T @ a
    da = do @ W2
    dp = da * h
    dh = da * p + dp * (1 - p)
    db1 = dh.sum(axis=0)
    dW1 = dh.T @ n
    dn = dh @ W1
    dbeta = dn.sum(axis=0)
    dgamma = (dn * xhat).sum(axis=0)
    dxhat = dn * gamma
    dr = (dxhat * c).sum(axis=1, keepdims=True)
    ds = -dr / s**2
    dvar = ds / (2 * s)
    dc = dxhat * r + dvar * 2 * c / d
    dmu = -dc.sum(axis=1, keepdims=True)
    du = dc + dmu / d
    dx = dy + du

    return {
        "dalpha": dalpha, "do": do, "db2": db2, "dW2": dW2, "da": da, "dp": dp, "dh": dh, "db1": db1,
        "dW1": dW1, "dn": dn, "dbeta": dbeta, "dgamma": dgamma, "dxhat": dxhat, "dr": dr, "ds": ds,
        "dvar": dvar, "dc": dc, "dmu": dmu, "du": du, "dx": dx,
    }  # fmt: skip
