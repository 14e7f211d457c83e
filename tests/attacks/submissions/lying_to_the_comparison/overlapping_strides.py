# tries: a view that runs over its own entries
# item: non-contiguous arrays
# outcome: mismatch
import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    s = np.sqrt(x.var(-1, keepdims=True) + eps)
    xhat, g = (x - x.mean(-1, keepdims=True)) / s, gamma * dy
    dx = (g - g.mean(-1, keepdims=True) - xhat * (g * xhat).mean(-1, keepdims=True)) / s
    overlapping = np.lib.stride_tricks.as_strided(dx, shape=dx.shape, strides=(8, 8))
    return overlapping, (dy * xhat).sum(0), dy.sum(0)
