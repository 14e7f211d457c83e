import numpy as np


def vjp_reduce(op, x, axis, keepdims, dy):
    # all reduced axes last, as one; then each row is one slice, and takes one number of dy
    ndim = x.ndim
    axes = range(ndim) if axis is None else np.atleast_1d(axis)
    axes = [int(one) % ndim for one in axes]
    order = [i for i in range(ndim) if i not in axes] + axes
    moved = np.transpose(x, order)
    rows = moved.reshape(-1, int(np.prod([x.shape[i] for i in axes])))
    upstream = np.reshape(dy, (-1, 1))
    N = rows.shape[1]
    if op == "sum":
        d = np.repeat(upstream, N, axis=1)
    elif op == "mean":
        d = np.repeat(upstream / N, N, axis=1)
    elif op == "max":
        d = np.zeros_like(rows)
        last = N - 1 - np.argmax(rows[:, ::-1], axis=1)
        d[np.arange(len(rows)), last] = upstream[:, 0]
    else:
        centred = rows - rows.mean(axis=1, keepdims=True)
        d = upstream * centred * (2 / N)
    return np.transpose(d.reshape(moved.shape), np.argsort(order))
