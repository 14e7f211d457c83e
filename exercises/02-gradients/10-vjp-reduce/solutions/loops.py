import numpy as np


def vjp_reduce(op, x, axis, keepdims, dy):
    if axis is None:
        axis = tuple(range(x.ndim))
    if not isinstance(axis, tuple):
        axis = (axis,)
    axes = {one % x.ndim for one in axis}
    upstream = np.reshape(dy, [1 if i in axes else n for i, n in enumerate(x.shape)])

    def home(index):
        return tuple(0 if i in axes else k for i, k in enumerate(index))

    members = {}
    for index in np.ndindex(x.shape):
        members.setdefault(home(index), []).append(index)
    dx = np.zeros_like(x)
    for place, indices in members.items():
        given = upstream[place]
        N = len(indices)
        if op == "max":
            dx[max(indices, key=lambda index: x[index])] = given
            continue
        mean = sum(x[index] for index in indices) / N
        for index in indices:
            share = {"sum": 1.0, "mean": 1 / N, "var": 2 * (x[index] - mean) / N}[op]
            dx[index] = share * given
    return dx
