def backtracking(f, grad, x, d, t0, beta, c):
    slope = grad(x) @ d
    if slope >= 0:
        return 0.0
    start, t = f(x), t0
    for _ in range(20):
        if f(x + t * d) <= start + c * slope:
            break
        t = t * beta
    return t
