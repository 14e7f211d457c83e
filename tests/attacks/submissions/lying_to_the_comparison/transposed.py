# tries: dx transposed
# item: a transposed shape
# outcome: shape | mismatch
import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    xhat = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + eps)
    g = gamma * dy
    dx = g - g.mean(-1, keepdims=True) - xhat * (g * xhat).mean(-1, keepdims=True)
    dx /= np.sqrt(x.var(-1, keepdims=True) + eps)
    return dx.T, (dy * xhat).sum(0), dy.sum(0)
