import numpy as np


def vjp_cumsum(x, axis, dy):
    dx = np.zeros_like(x)
    slices_in, slices_out = np.moveaxis(dx, axis, 0), np.moveaxis(dy, axis, 0)
    for i in range(len(slices_out)):
        for j in range(i + 1):
            slices_in[j] += slices_out[i]
    return dx


def vjp_flip(x, axis, dy):
    dx = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        target = list(index)
        target[axis] = x.shape[axis] - 1 - index[axis]
        dx[index] = dy[tuple(target)]
    return dx


def vjp_roll(x, shift, axis, dy):
    dx = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        target = list(index)
        target[axis] = (index[axis] + shift) % x.shape[axis]
        dx[index] = dy[tuple(target)]
    return dx


def vjp_sort(x, axis, dy):
    dx = np.zeros_like(x)
    values, upstream, result = (np.moveaxis(one, axis, -1) for one in (x, dy, dx))
    for row in np.ndindex(values.shape[:-1]):
        for place, source in enumerate(sorted(range(values.shape[-1]), key=lambda j: values[row][j])):
            result[row][source] = upstream[row][place]
    return dx


def vjp_gather(x, index, dy):
    dx = np.zeros_like(x)
    for place in np.ndindex(index.shape):
        dx[index[place]] += dy[place]
    return dx


def vjp_conv1d(x, w, dy):
    dx, dw = np.zeros_like(x), np.zeros_like(w)
    for i in range(len(dy)):
        for k in range(len(w)):
            dx[i + k] += dy[i] * w[k]
            dw[k] += dy[i] * x[i + k]
    return dx, dw
