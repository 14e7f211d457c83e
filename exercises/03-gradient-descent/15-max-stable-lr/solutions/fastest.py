import numpy as np


def max_stable_lr(A):
    eigenvalues = np.linalg.eigvalsh(A)
    if eigenvalues[0] < -1e-9 * np.abs(eigenvalues).max():
        return 0.0
    return float(2 / (eigenvalues[0] + eigenvalues[-1]))


def rate(A, lr):
    return float(np.abs(1 - lr * np.linalg.eigvalsh(A)).max())
