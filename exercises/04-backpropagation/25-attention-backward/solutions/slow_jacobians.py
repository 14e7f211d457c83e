import numpy as np


def attention_backward(Q, K, V, dO, mask):
    scale = 1 / np.sqrt(Q.shape[-1])
    S = scale * Q @ K.swapaxes(-1, -2)
    if mask is not None:
        S = np.where(mask, S, -np.inf)
    P = np.exp(S - S.max(axis=-1, keepdims=True))
    P = P / P.sum(axis=-1, keepdims=True)
    dP = dO @ V.swapaxes(-1, -2)
    dS = np.empty_like(P)
    for row in np.ndindex(P.shape[:-1]):
        p = P[row]
        jacobian = np.diag(p) - np.outer(p, p)
        dS[row] = jacobian @ dP[row]
    return scale * dS @ K, scale * dS.swapaxes(-1, -2) @ Q, P.swapaxes(-1, -2) @ dO
