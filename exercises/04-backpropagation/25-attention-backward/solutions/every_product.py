import numpy as np


def attention_backward(Q, K, V, dO, mask):
    scale = 1 / np.sqrt(Q.shape[-1])
    q, k = scale * Q[..., :, None, :], K[..., None, :, :]
    v, up = V[..., None, :, :], dO[..., :, None, :]
    S = (q * k).sum(axis=-1)
    if mask is not None:
        S = np.where(mask, S, -np.inf)
    P = np.exp(S - S.max(axis=-1, keepdims=True))
    P = P / P.sum(axis=-1, keepdims=True)
    dP = (up * v).sum(axis=-1)
    dS = P * (dP - (P * dP).sum(axis=-1, keepdims=True))
    dQ = scale * (dS[..., None] * k).sum(axis=-2)
    dK = (dS[..., None] * q).sum(axis=-3)
    dV = (P[..., None] * up).sum(axis=-3)
    return dQ, dK, dV
