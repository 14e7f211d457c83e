def central_difference(f, x, h):
    x = float(x)
    x += h
    right = f(x)
    left = f(x - h)
    return (right - left) / (2 * h)
