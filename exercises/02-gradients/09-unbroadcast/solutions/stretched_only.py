def unbroadcast(dy, shape):
    for axis, n in enumerate(shape):
        if n == 1:
            dy = dy.sum(axis=axis, keepdims=True)
    return dy


def vjp_add(a, b, dy):
    return unbroadcast(dy, a.shape), unbroadcast(dy, b.shape)


def vjp_mul(a, b, dy):
    return unbroadcast(dy * b, a.shape), unbroadcast(dy * a, b.shape)


def vjp_div(a, b, dy):
    return unbroadcast(dy / b, a.shape), unbroadcast(-dy * a / b**2, b.shape)
