import math

import numpy as np

PER_ROW = ("do", "da", "dp", "dh", "dn", "dxhat", "dr", "ds", "dvar", "dc", "dmu", "du", "dx")


def block_backward(x, gamma, beta, W1, b1, W2, b2, alpha, dy, eps):
    d, k = W2.shape
    summed = {
        "dalpha": np.zeros(d),
        "db2": np.zeros(d),
        "dW2": np.zeros((d, k)),
        "db1": np.zeros(k),
        "dW1": np.zeros((k, d)),
        "dbeta": np.zeros(d),
        "dgamma": np.zeros(d),
    }
    rows = {name: [] for name in PER_ROW}
    for row, up in zip(x, dy):
        c = row - sum(row) / d
        s = math.sqrt(sum(c**2) / d + eps)
        xhat = c / s
        n = gamma * xhat + beta
        h = np.array([b + weights @ n for weights, b in zip(W1, b1)])
        p = np.array([1 / (1 + math.exp(-z)) for z in h])
        a = h * p
        o = np.array([b + weights @ a for weights, b in zip(W2, b2)])

        do = up * alpha
        da = W2.T @ do
        dp = h * da
        dh = p * da + p * (1 - p) * dp
        dn = W1.T @ dh
        dxhat = gamma * dn
        dr = dxhat @ c
        ds = -dr / s / s
        dvar = ds / s / 2
        dc = dxhat / s + 2 / d * dvar * c
        dmu = -sum(dc)
        du = dc + dmu / d

        summed["dalpha"] += up * o
        summed["db2"] += do
        summed["dW2"] += np.outer(do, a)
        summed["db1"] += dh
        summed["dW1"] += np.outer(dh, n)
        summed["dbeta"] += dn
        summed["dgamma"] += dn * xhat
        found = (do, da, dp, dh, dn, dxhat, [dr], [ds], [dvar], dc, [dmu], du, up + du)
        for name, value in zip(PER_ROW, found):
            rows[name].append(value)
    return summed | {name: np.array(values) for name, values in rows.items()}
