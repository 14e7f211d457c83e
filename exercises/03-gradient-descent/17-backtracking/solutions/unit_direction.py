def backtracking(f, grad, x, d, t0, beta, c):
    slope = grad(x) @ d
    if slope >= 0:
        return 0.0
    start, t = f(x), t0
    d = d / (d @ d) ** 0.5
    while not f(x + t * d) <= start + c * t * slope:
        t = t * beta
    return t
