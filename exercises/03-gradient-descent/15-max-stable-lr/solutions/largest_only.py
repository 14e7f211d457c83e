import numpy as np


def max_stable_lr(A):
    largest = np.linalg.eigvalsh(A)[-1]
    return float(2 / largest) if largest > 0 else 0.0


def rate(A, lr):
    return float(np.abs(1 - lr * np.linalg.eigvalsh(A)).max())
