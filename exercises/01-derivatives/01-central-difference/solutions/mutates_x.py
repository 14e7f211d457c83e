def central_difference(f, x, h):
    up = x
    up += h
    down = x
    down -= h
    return (f(up) - f(down)) / (2 * h)
