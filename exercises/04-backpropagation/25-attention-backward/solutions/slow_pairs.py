import math

import numpy as np


def attention_backward(Q, K, V, dO, mask):
    *lead, T, d = Q.shape
    N = K.shape[-2]
    allowed = np.ones((*lead, T, N), dtype=bool) if mask is None else np.broadcast_to(mask, (*lead, T, N))
    dQ, dK, dV = np.zeros_like(Q), np.zeros_like(K), np.zeros_like(V)
    for place in np.ndindex(*lead):
        q, k, v, up = Q[place], K[place], V[place], dO[place]
        for t in range(T):
            keys = [s for s in range(N) if allowed[place][t, s]]
            scores = [q[t] @ k[s] / math.sqrt(d) for s in keys]
            top = max(scores)
            total = sum(math.exp(score - top) for score in scores)
            p = [math.exp(score - top) / total for score in scores]
            dp = [up[t] @ v[s] for s in keys]
            mean = sum(a * b for a, b in zip(p, dp))
            for s, a, b in zip(keys, p, dp):
                ds = a * (b - mean) / math.sqrt(d)
                dQ[place][t] += ds * k[s]
                dK[place][s] += ds * q[t]
                dV[place][s] += a * up[t]
    return dQ, dK, dV
