def central_difference(f, x, h):
    x += h
    up = f(x)
    x -= 2 * h
    return (up - f(x)) / (2 * h)
