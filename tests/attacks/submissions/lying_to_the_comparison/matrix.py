# tries: matrices, whose products and shapes follow other rules
# item: array subclasses
# outcome: structure
import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    s = np.sqrt(x.var(-1, keepdims=True) + eps)
    xhat, g = (x - x.mean(-1, keepdims=True)) / s, gamma * dy
    dx = (g - g.mean(-1, keepdims=True) - xhat * (g * xhat).mean(-1, keepdims=True)) / s
    return np.matrix(dx), np.matrix((dy * xhat).sum(0)), np.matrix(dy.sum(0))
