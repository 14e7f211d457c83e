import numpy as np


def classify_critical_point(H):
    determinant = np.linalg.det(H)
    if abs(determinant) <= 1e-9 * np.abs(H).max() ** len(H):
        return "degenerate"
    return "min" if determinant > 0 else "saddle"


def escape_saddle(grad, hvp, x0):
    H = np.array([hvp(x0, e) for e in np.eye(x0.size)])
    _, vectors = np.linalg.eigh(H)
    x = x0 + 0.1 * vectors[:, 0]
    for _ in range(100):
        x = x - 0.1 * grad(x)
    return x
