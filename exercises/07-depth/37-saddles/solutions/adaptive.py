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
    x, m, v = x0.copy(), np.zeros(x0.size), np.zeros(x0.size)
    for t in range(1, 41):
        g = grad(x)
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        x = x - 0.05 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return x
