import numpy as np


def unbroadcast(dy, shape):
    dy = np.asarray(dy)
    while dy.ndim > len(shape):
        dy = dy.sum(axis=0)
    for axis, n in enumerate(shape):
        if n == 1:
            dy = dy.sum(axis=axis, keepdims=True)
    return dy


def vjp_add(a, b, dy):
    return unbroadcast(dy, a.shape), unbroadcast(dy, b.shape)


def vjp_mul(a, b, dy):
    a_wide, b_wide = np.broadcast_arrays(a, b)
    return unbroadcast(b_wide * dy, a.shape), unbroadcast(a_wide * dy, b.shape)


def vjp_div(a, b, dy):
    y = a / b
    da = unbroadcast(dy / b, a.shape)
    return da, unbroadcast(-y * dy / b, b.shape)
