# tries: dgamma of shape (1, d), which would broadcast
# item: a broadcastable shape; (1, 3) for (3,)
# outcome: shape
import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    xhat = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + eps)
    g = gamma * dy
    dx = g - g.mean(-1, keepdims=True) - xhat * (g * xhat).mean(-1, keepdims=True)
    dx /= np.sqrt(x.var(-1, keepdims=True) + eps)
    return dx, (dy * xhat).sum(0, keepdims=True), dy.sum(0)
