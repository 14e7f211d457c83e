import numpy as np


def classify_critical_point(H):
    trace = np.trace(H)
    if abs(trace) <= 1e-9 * np.abs(H).max():
        return "degenerate" if np.abs(H).max() == 0 else "saddle"
    return "min" if trace > 0 else "max"


def escape_saddle(grad, hvp, x0):
    H = np.array([hvp(x0, e) for e in np.eye(x0.size)])
    _, vectors = np.linalg.eigh(H)
    x = x0 + 0.1 * vectors[:, 0]
    for _ in range(100):
        x = x - 0.1 * grad(x)
    return x
