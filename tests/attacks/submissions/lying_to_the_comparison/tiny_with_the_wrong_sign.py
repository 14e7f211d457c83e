# tries: a billionth of the gradient, with the wrong sign
# item: gradients of 1e-9 with the wrong sign
# outcome: mismatch
# check: Rows far from zero
import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    s = np.sqrt(x.var(-1, keepdims=True) + eps)
    xhat, g = (x - x.mean(-1, keepdims=True)) / s, gamma * dy
    dx = (g - g.mean(-1, keepdims=True) - xhat * (g * xhat).mean(-1, keepdims=True)) / s
    return -1e-9 * dx, -1e-9 * (dy * xhat).sum(0), -1e-9 * dy.sum(0)
