def unbroadcast(dy, shape):
    lengths = list(shape)
    axes = []
    for axis, n in enumerate(dy.shape):
        if n in lengths:
            lengths.remove(n)
        else:
            axes.append(axis)
    return dy.sum(axis=tuple(axes)).reshape(shape)


def vjp_add(a, b, dy):
    return unbroadcast(dy, a.shape), unbroadcast(dy, b.shape)


def vjp_mul(a, b, dy):
    return unbroadcast(dy * b, a.shape), unbroadcast(dy * a, b.shape)


def vjp_div(a, b, dy):
    return unbroadcast(dy / b, a.shape), unbroadcast(-dy * a / b**2, b.shape)
