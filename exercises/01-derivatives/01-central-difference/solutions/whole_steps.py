def central_difference(f, x, h):
    h = max(1, int(h)) if isinstance(x, int) else h
    return (f(x + h) - f(x - h)) / (2 * h)
