import numpy as np


def classify_critical_point(H):
    signs = set(signs_of(jacobi(H)))
    if {1, -1} <= signs:
        return "saddle"
    if 0 in signs:
        return "degenerate"
    return "min" if signs == {1} else "max"


def signs_of(eigenvalues):
    largest = max(abs(one) for one in eigenvalues)
    return [0 if abs(one) <= 1e-9 * largest else 1 if one > 0 else -1 for one in eigenvalues]


def jacobi(H):
    """The eigenvalues of H, by rotations that make one pair of elements zero after another."""
    A = H.copy()
    n = len(A)
    for _ in range(30):
        for p in range(n):
            for q in range(p + 1, n):
                if A[p, q] == 0:
                    continue
                angle = 0.5 * np.arctan2(2 * A[p, q], A[q, q] - A[p, p])
                R = np.eye(n)
                R[p, p] = R[q, q] = np.cos(angle)
                R[p, q], R[q, p] = np.sin(angle), -np.sin(angle)
                A = R.T @ A @ R
    return list(np.diag(A))


def escape_saddle(grad, hvp, x0):
    x = x0 + 0.1 * np.random.default_rng(0).normal(size=x0.shape)
    for _ in range(100):
        x = x - 0.12 * grad(x)
    return x
