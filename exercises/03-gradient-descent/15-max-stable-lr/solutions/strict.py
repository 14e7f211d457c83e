import numpy as np


def max_stable_lr(A):
    eigenvalues = np.linalg.eigvalsh(A)
    return 0.0 if eigenvalues[0] < 0 else float(2 / eigenvalues[-1])


def rate(A, lr):
    return float(np.abs(1 - lr * np.linalg.eigvalsh(A)).max())
