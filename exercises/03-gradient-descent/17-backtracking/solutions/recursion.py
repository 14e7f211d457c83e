import numpy as np


def backtracking(f, grad, x, d, t0, beta, c):
    slope = float(np.sum(grad(x) * d))
    here = f(x)

    def shrunk(t):
        change = (f(x + t * d) - here) / (t * slope)  # as a part of what the slope promises
        return t if change >= c else shrunk(beta * t)

    return shrunk(t0) if slope < 0 else 0.0
