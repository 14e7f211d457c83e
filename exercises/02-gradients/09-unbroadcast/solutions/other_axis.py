def unbroadcast(dy, shape):
    extra = dy.ndim - len(shape)
    dy = dy.sum(axis=tuple(range(extra)))
    if dy.shape == tuple(shape):
        return dy
    kept = tuple(i for i, n in enumerate(shape) if n != 1)
    return dy.sum(axis=kept).reshape(shape)


def vjp_add(a, b, dy):
    return unbroadcast(dy, a.shape), unbroadcast(dy, b.shape)


def vjp_mul(a, b, dy):
    return unbroadcast(dy * b, a.shape), unbroadcast(dy * a, b.shape)


def vjp_div(a, b, dy):
    return unbroadcast(dy / b, a.shape), unbroadcast(-dy * a / b**2, b.shape)
