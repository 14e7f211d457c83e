# tries: computing in float16 and returning float64
# item: float16 inside
# outcome: mismatch | not_finite
import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    x, gamma, dy = (a.astype(np.float16) for a in (x, gamma, dy))
    xhat = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + eps)
    g = gamma * dy
    dx = g - g.mean(-1, keepdims=True) - xhat * (g * xhat).mean(-1, keepdims=True)
    dx /= np.sqrt(x.var(-1, keepdims=True) + eps)
    return tuple(a.astype(np.float64) for a in (dx, (dy * xhat).sum(0), dy.sum(0)))
