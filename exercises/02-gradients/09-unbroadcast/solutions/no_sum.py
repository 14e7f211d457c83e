def unbroadcast(dy, shape):
    return dy.copy()


def vjp_add(a, b, dy):
    return unbroadcast(dy, a.shape), unbroadcast(dy, b.shape)


def vjp_mul(a, b, dy):
    return unbroadcast(dy * b, a.shape), unbroadcast(dy * a, b.shape)


def vjp_div(a, b, dy):
    return unbroadcast(dy / b, a.shape), unbroadcast(-dy * a / b**2, b.shape)
