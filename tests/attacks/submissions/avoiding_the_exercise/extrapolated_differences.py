# tries: difference quotients of high order, whose error is that of rounding alone
# item: finite differences
# outcome: mismatch
# check: Rows of small variance
import numpy as np


def forward(x, gamma, eps):
    return gamma * (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + eps)


def slope(f, a, h=0.02):
    weights = {1: 4 / 5, 2: -1 / 5, 3: 4 / 105, 4: -1 / 280}
    gradient = np.zeros_like(a)
    for index in np.ndindex(a.shape):
        step = np.zeros_like(a)
        step[index] = h
        gradient[index] = sum(w * (f(a + k * step) - f(a - k * step)) for k, w in weights.items()) / h
    return gradient


def layernorm_backward(x, gamma, dy, eps):
    dx = slope(lambda a: (forward(a, gamma, eps) * dy).sum(), x)
    return dx, slope(lambda a: (forward(x, a, eps) * dy).sum(), gamma), dy.sum(0)
