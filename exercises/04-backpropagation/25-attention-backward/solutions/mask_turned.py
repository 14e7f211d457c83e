import numpy as np


def attention_backward(Q, K, V, dO, mask):
    scale = 1 / np.sqrt(Q.shape[-1])
    S = scale * Q @ K.swapaxes(-1, -2)
    if mask is not None:
        S = np.where(mask, -np.inf, S)
    P = np.exp(S - S.max(axis=-1, keepdims=True))
    P = P / P.sum(axis=-1, keepdims=True)

    dV = P.swapaxes(-1, -2) @ dO
    dP = dO @ V.swapaxes(-1, -2)
    dS = P * (dP - (P * dP).sum(axis=-1, keepdims=True))
    dQ = scale * dS @ K
    dK = scale * dS.swapaxes(-1, -2) @ Q
    return dQ, dK, dV
