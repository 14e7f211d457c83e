# tries: dgamma as a column, which would broadcast to a square
# item: a broadcastable shape; a transposed shape
# outcome: shape
import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    s = np.sqrt(x.var(-1, keepdims=True) + eps)
    xhat, g = (x - x.mean(-1, keepdims=True)) / s, gamma * dy
    dx = (g - g.mean(-1, keepdims=True) - xhat * (g * xhat).mean(-1, keepdims=True)) / s
    return dx, (dy * xhat).sum(0)[:, np.newaxis], dy.sum(0)
