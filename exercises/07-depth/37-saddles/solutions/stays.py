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
    x = x0.copy()
    for _ in range(50):
        x = x - 0.1 * grad(x)
    return x
