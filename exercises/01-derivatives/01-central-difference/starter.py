def central_difference(f, x, h):
    """Estimate f'(x) from f at x + h and x - h.

    f: takes a number, returns a number; call it exactly twice
    x: a float, an int, or a float64 array without axes
    h: a positive float
    """
    ...
