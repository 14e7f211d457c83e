def central_difference(f, x, h):
    rise = f(x + h) - f(x - h)
    return float(rise / (2 * h))
