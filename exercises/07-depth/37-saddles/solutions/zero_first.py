import numpy as np


def classify_critical_point(H):
    eigenvalues = np.linalg.eigvalsh(H)
    zero = 1e-9 * np.abs(eigenvalues).max()
    if (np.abs(eigenvalues) <= zero).any():
        return "degenerate"
    if (eigenvalues > 0).all():
        return "min"
    return "max" if (eigenvalues < 0).all() else "saddle"


def escape_saddle(grad, hvp, x0):
    H = np.array([hvp(x0, e) for e in np.eye(x0.size)])
    _, vectors = np.linalg.eigh(H)
    x = x0 + 0.1 * vectors[:, 0]
    for _ in range(100):
        x = x - 0.1 * grad(x)
    return x
