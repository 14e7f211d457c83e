def unbroadcast(dy, shape):
    padded = tuple(shape) + (1,) * (dy.ndim - len(shape))
    axes = tuple(i for i in range(dy.ndim) if padded[i] != dy.shape[i])
    return dy.sum(axis=axes, keepdims=True).reshape(shape)


def vjp_add(a, b, dy):
    return unbroadcast(dy, a.shape), unbroadcast(dy, b.shape)


def vjp_mul(a, b, dy):
    return unbroadcast(dy * b, a.shape), unbroadcast(dy * a, b.shape)


def vjp_div(a, b, dy):
    return unbroadcast(dy / b, a.shape), unbroadcast(-dy * a / b**2, b.shape)
