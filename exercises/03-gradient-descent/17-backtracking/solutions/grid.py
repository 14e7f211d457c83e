import numpy as np


def backtracking(f, grad, x, d, t0, beta, c):
    start, slope = f(x), np.dot(grad(x), d)
    trials = (t0 * beta**k for k in range(1000))
    return next((t for t in trials if f(x + t * d) - start <= c * t * slope), 0.0) if slope < 0 else 0.0
