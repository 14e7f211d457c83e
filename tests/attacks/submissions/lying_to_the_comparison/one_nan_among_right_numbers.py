# tries: right but for one entry, which is NaN
# item: NaN
# outcome: not_finite
import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    s = np.sqrt(x.var(-1, keepdims=True) + eps)
    xhat, g = (x - x.mean(-1, keepdims=True)) / s, gamma * dy
    dx = (g - g.mean(-1, keepdims=True) - xhat * (g * xhat).mean(-1, keepdims=True)) / s
    dx[-1, -1] = np.nan
    return dx, (dy * xhat).sum(0), dy.sum(0)
