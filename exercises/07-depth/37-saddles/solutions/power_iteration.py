import numpy as np


def classify_critical_point(H):
    eigenvalues = np.linalg.eigvalsh(H)
    zero = 1e-9 * np.abs(eigenvalues).max()
    up, down = (eigenvalues > zero).any(), (eigenvalues < -zero).any()
    if up and down:
        return "saddle"
    if (np.abs(eigenvalues) <= zero).any():
        return "degenerate"
    return "min" if up else "max"


def escape_saddle(grad, hvp, x0):
    v = np.random.default_rng(0).normal(size=x0.size)
    for _ in range(60):
        v = hvp(x0, v)
        v /= np.linalg.norm(v)
    x = x0 + 0.1 * v
    for _ in range(60):
        x = x - 0.1 * grad(x)
    return x
