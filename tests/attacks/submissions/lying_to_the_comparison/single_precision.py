# tries: the right numbers in float32
# item: precision that the answer does not have
# outcome: dtype
import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    s = np.sqrt(x.var(-1, keepdims=True) + eps)
    xhat, g = (x - x.mean(-1, keepdims=True)) / s, gamma * dy
    dx = (g - g.mean(-1, keepdims=True) - xhat * (g * xhat).mean(-1, keepdims=True)) / s
    return tuple(a.astype(np.float32) for a in (dx, (dy * xhat).sum(0), dy.sum(0)))
