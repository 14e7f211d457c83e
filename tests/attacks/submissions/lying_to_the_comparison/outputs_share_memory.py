# tries: one array for two outputs, right for the one that was written last
# item: an array that aliases the input
# outcome: mismatch
import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    s = np.sqrt(x.var(-1, keepdims=True) + eps)
    xhat, g = (x - x.mean(-1, keepdims=True)) / s, gamma * dy
    dx = (g - g.mean(-1, keepdims=True) - xhat * (g * xhat).mean(-1, keepdims=True)) / s
    shared = (dy * xhat).sum(0)
    dgamma = shared
    shared[...] = dy.sum(0)
    return dx, dgamma, shared
