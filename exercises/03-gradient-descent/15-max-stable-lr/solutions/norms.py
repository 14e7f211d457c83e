import numpy as np


def max_stable_lr(A):
    """Of a symmetric matrix the 2-norm is the largest |λ|; shifted by it, the smallest λ is the farthest."""
    c = np.linalg.norm(A, 2)
    smallest = c - np.linalg.norm(c * np.eye(len(A)) - A, 2)
    return 0.0 if smallest < -1e-10 * c else 2.0 / c


def rate(A, lr):
    return np.linalg.norm(np.eye(len(A)) - lr * A, ord=2)
