def backtracking(f, grad, x, d, t0, beta, c):
    slope = grad(x) @ d
    start, t = f(x), t0
    while not f(x + t * d) <= start + c * t * slope:
        t = t * beta
    return t
