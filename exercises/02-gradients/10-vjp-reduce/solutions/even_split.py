import numpy as np


def vjp_reduce(op, x, axis, keepdims, dy):
    if axis is not None and not keepdims:
        dy = np.expand_dims(dy, axis)
    N = x.size // np.size(dy)
    if op == "sum":
        return dy * np.ones_like(x)
    if op == "mean":
        return dy / N * np.ones_like(x)
    if op == "max":
        top = x == x.max(axis=axis, keepdims=True)
        return top * dy / top.sum(axis=axis, keepdims=True)
    centred = x - np.mean(x, axis=axis, keepdims=True)
    dcentred = 2 * centred * dy / N
    return dcentred - dcentred.mean(axis=axis, keepdims=True)
