import numpy as np


def vjp_cumsum(x, axis, dy):
    total = np.sum(dy, axis=axis, keepdims=True)
    return total - np.cumsum(dy, axis=axis) + dy


def vjp_flip(x, axis, dy):
    return np.take(dy, np.arange(x.shape[axis])[::-1], axis=axis)


def vjp_roll(x, shift, axis, dy):
    n = x.shape[axis]
    return np.take(dy, (np.arange(n) + shift) % n, axis=axis)


def vjp_sort(x, axis, dy):
    dx = np.zeros_like(x)
    np.put_along_axis(dx, np.argsort(x, axis), dy, axis)
    return dx


def vjp_gather(x, index, dy):
    flat = index.ravel()
    order = np.argsort(flat, kind="stable")
    rows, starts = np.unique(flat[order], return_index=True)
    dx = np.zeros_like(x)
    dx[rows] = np.add.reduceat(dy.reshape(flat.size, *x.shape[1:])[order], starts, axis=0)
    return dx


def vjp_conv1d(x, w, dy):
    m, K = len(dy), len(w)
    dx = np.zeros_like(x)
    for k in range(K):
        dx[k : k + m] += w[k] * dy
    dw = np.array([x[k : k + m] @ dy for k in range(K)])
    return dx, dw
