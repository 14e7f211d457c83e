import numpy as np


def unbroadcast(dy, shape):
    while dy.ndim > len(shape):
        dy = dy.sum(axis=0)
    for i, n in enumerate(shape):
        if n == 1:
            dy = dy.sum(axis=i, keepdims=True)
    return dy


def are_arrays(*given):
    if not all(isinstance(one, np.ndarray) for one in given):
        raise TypeError("arrays are promised")


def vjp_add(a, b, dy):
    are_arrays(a, b, dy)
    return unbroadcast(dy, a.shape), unbroadcast(dy, b.shape)


def vjp_mul(a, b, dy):
    are_arrays(a, b, dy)
    return unbroadcast(dy * b, a.shape), unbroadcast(dy * a, b.shape)


def vjp_div(a, b, dy):
    are_arrays(a, b, dy)
    return unbroadcast(dy / b, a.shape), unbroadcast(-dy * a / b**2, b.shape)
