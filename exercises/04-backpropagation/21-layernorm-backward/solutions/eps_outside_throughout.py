import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    centred = x - x.mean(axis=-1, keepdims=True)
    sigma = x.std(axis=-1, keepdims=True)
    xhat = centred / (sigma + eps)
    g = dy * gamma
    through_sigma = centred / sigma * (g * xhat).mean(axis=-1, keepdims=True)
    dx = (g - g.mean(axis=-1, keepdims=True) - through_sigma) / (sigma + eps)
    return dx, (dy * xhat).sum(axis=0), dy.sum(axis=0)
