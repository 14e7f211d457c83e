def backtracking(f, grad, x, d, t0, beta, c):
    g = grad(x)
    slope = g @ d
    if slope >= 0:
        return 0.0
    start, t = f(x), t0
    while not f(x - t * g) <= start + c * t * slope:
        t = t * beta
    return t
