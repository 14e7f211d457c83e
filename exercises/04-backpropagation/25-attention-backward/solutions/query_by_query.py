import numpy as np


def attention_backward(Q, K, V, dO, mask):
    *lead, T, d = Q.shape
    allowed = np.ones((*lead, T, K.shape[-2]), dtype=bool)
    if mask is not None:
        allowed &= mask
    dQ, dK, dV = np.zeros_like(Q), np.zeros_like(K), np.zeros_like(V)
    for place in np.ndindex(*lead):
        for t in range(T):
            keys = np.flatnonzero(allowed[place][t])
            k, v = K[place][keys], V[place][keys]
            s = k @ Q[place][t] / np.sqrt(d)
            p = np.exp(s - s.max())
            p /= p.sum()
            dp = v @ dO[place][t]
            ds = p * (dp - p @ dp) / np.sqrt(d)
            dQ[place][t] = ds @ k
            dK[place][keys] += np.outer(ds, Q[place][t])
            dV[place][keys] += np.outer(p, dO[place][t])
    return dQ, dK, dV
