def backtracking(f, grad, x, d, t0, beta, c):
    slope = grad(x) @ d
    if slope >= 0:
        return 0.0
    start, t = f(x), t0
    while not f(x + t * d) <= start + c * t * (grad(x + t * d) @ d):
        t = t * beta
    return t
