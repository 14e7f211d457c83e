import numpy as np


def classify_critical_point(H):
    eigenvalues = np.sort(np.linalg.eigvals(H).real)
    smallest, largest = eigenvalues[0], eigenvalues[-1]
    size = max(abs(smallest), abs(largest))
    scaled = eigenvalues / size if size > 0 else eigenvalues
    if scaled[0] < -1e-9 and scaled[-1] > 1e-9:
        return "saddle"
    if np.min(np.abs(scaled)) <= 1e-9:
        return "degenerate"
    return "min" if smallest > 0 else "max"


def escape_saddle(grad, hvp, x0):
    v = np.random.default_rng(1).normal(size=x0.size)
    for _ in range(100):
        v = 9 * v - hvp(x0, v)
        v /= np.linalg.norm(v)
    x, velocity = x0 - 0.5 * v, np.zeros(x0.size)
    for _ in range(80):
        velocity = 0.5 * velocity - 0.1 * grad(x)
        x = x + velocity
    return x
