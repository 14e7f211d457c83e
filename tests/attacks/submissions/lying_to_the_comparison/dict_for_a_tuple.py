# tries: a dict in the right order
# item: a generator where a tuple is due
# outcome: structure
import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    s = np.sqrt(x.var(-1, keepdims=True) + eps)
    xhat, g = (x - x.mean(-1, keepdims=True)) / s, gamma * dy
    dx = (g - g.mean(-1, keepdims=True) - xhat * (g * xhat).mean(-1, keepdims=True)) / s
    return dict(enumerate((dx, (dy * xhat).sum(0), dy.sum(0))))
