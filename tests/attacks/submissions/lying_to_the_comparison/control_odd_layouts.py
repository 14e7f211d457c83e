# tries: nothing: a right answer in read-only, reversed and byte-swapped arrays
# item: non-contiguous arrays; negative strides; byte-swapped arrays; read-only arrays
# outcome: passed
import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    xhat = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + eps)
    g = gamma * dy
    dx = g - g.mean(-1, keepdims=True) - xhat * (g * xhat).mean(-1, keepdims=True)
    dx /= np.sqrt(x.var(-1, keepdims=True) + eps)
    dgamma = (dy * xhat).sum(0)[::-1].copy()[::-1]
    dbeta = dy.sum(0).astype(">f8")
    dx = np.asfortranarray(dx)
    dx.flags.writeable = False
    return dx, dgamma, dbeta
