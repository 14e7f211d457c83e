import numpy as np


def vjp_cumsum(x, axis, dy):
    """Return the gradient of x for y = np.cumsum(x, axis=axis)."""
    ...


def vjp_flip(x, axis, dy):
    """Return the gradient of x for y = np.flip(x, axis=axis)."""
    ...


def vjp_roll(x, shift, axis, dy):
    """Return the gradient of x for y = np.roll(x, shift, axis=axis)."""
    ...


def vjp_sort(x, axis, dy):
    """Return the gradient of x for y = np.sort(x, axis=axis)."""
    ...


def vjp_gather(x, index, dy):
    """Return the gradient of x for y = x[index].

    x: shape (n,) or (n, d)
    index: whole numbers from 0 to n - 1, of any shape, in any order; they may repeat or be missing
    dy: shape index.shape + x.shape[1:]
    """
    ...


def vjp_conv1d(x, w, dy):
    """Return (dx, dw) for y[i] = sum over k of w[k] * x[i + k].

    x: a signal, shape (n,)
    w: a kernel, shape (K,), with K at most n
    dy: shape (n - K + 1,)
    """
    ...
