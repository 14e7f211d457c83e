import numpy as np


def unbroadcast(dy, shape):
    result = np.zeros(shape)
    extra = dy.ndim - len(shape)
    for index in np.ndindex(dy.shape):
        source = tuple(0 if n == 1 else i for i, n in zip(index[extra:], shape))
        result[source] += dy[index]
    return result


def vjp_add(a, b, dy):
    return unbroadcast(dy, a.shape), unbroadcast(dy, b.shape)


def vjp_mul(a, b, dy):
    return unbroadcast(dy * b, a.shape), unbroadcast(dy * a, b.shape)


def vjp_div(a, b, dy):
    return unbroadcast(dy / b, a.shape), unbroadcast(-dy * a / b**2, b.shape)
