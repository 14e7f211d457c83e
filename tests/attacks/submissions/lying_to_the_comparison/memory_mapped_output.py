# tries: an array that lies in a file and changes with it
# item: array subclasses; an output that changes after it was returned
# outcome: structure
import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    s = np.sqrt(x.var(-1, keepdims=True) + eps)
    xhat, g = (x - x.mean(-1, keepdims=True)) / s, gamma * dy
    dx = (g - g.mean(-1, keepdims=True) - xhat * (g * xhat).mean(-1, keepdims=True)) / s
    out = np.memmap("out", dtype="f8", mode="w+", shape=dx.shape)
    out[...] = dx
    return out, (dy * xhat).sum(0), dy.sum(0)
