def backtracking(f, grad, x, d, t0, beta, c):
    slope = grad(x) @ d
    if slope >= 0:
        return 0.0
    start, t = f(x), t0
    for _ in range(20):
        x = x + t * d
        if f(x) <= start + c * t * slope:
            break
        t = t * beta
    return t
