import numpy as np


def vjp_reduce(op, x, axis, keepdims, dy):
    if axis is not None and not keepdims:
        dy = np.expand_dims(dy, axis)
    N = x.size // np.size(dy)
    if op == "sum":
        return np.broadcast_to(dy, x.shape).copy()
    if op == "mean":
        return np.broadcast_to(dy / N, x.shape).copy()
    if op == "max":
        axes = range(x.ndim) if axis is None else [one % x.ndim for one in np.atleast_1d(axis)]
        order = [*(i for i in range(x.ndim) if i not in axes), *axes]
        slices = np.transpose(x, order).reshape(np.size(dy), -1)
        dx = np.zeros_like(slices)
        for row, values, given in zip(dx, slices, np.reshape(dy, -1)):
            ties = np.flatnonzero(values == values.max())
            row[ties[[0, -1]]] = given
        return np.transpose(dx.reshape([x.shape[i] for i in order]), np.argsort(order))
    return 2 / N * (x - x.mean(axis=axis, keepdims=True)) * dy
