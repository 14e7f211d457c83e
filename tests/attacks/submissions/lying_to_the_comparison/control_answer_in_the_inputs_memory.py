# tries: nothing: a right answer written over the inputs, which are the box's own
# item: an array that aliases the input
# outcome: passed
import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    s = np.sqrt(x.var(-1, keepdims=True) + eps)
    xhat, g = (x - x.mean(-1, keepdims=True)) / s, gamma * dy
    dx = (g - g.mean(-1, keepdims=True) - xhat * (g * xhat).mean(-1, keepdims=True)) / s
    dgamma = (dy * xhat).sum(0)
    dbeta = dy.sum(0)
    x[...], gamma[...] = dx, dgamma
    return x, gamma, dbeta
