import numpy as np


def max_stable_lr(A):
    return float(2 / np.abs(np.linalg.eigvalsh(A)).max())


def rate(A, lr):
    return float(np.abs(1 - lr * np.linalg.eigvalsh(A)).max())
