import numpy as np


def max_stable_lr(A):
    if np.diag(A).min() < 0:
        return 0.0
    return float(2 / np.linalg.eigvalsh(A)[-1])


def rate(A, lr):
    return float(np.abs(1 - lr * np.linalg.eigvalsh(A)).max())
