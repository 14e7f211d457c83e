import numpy as np


def grad_quadratic(A, b, x):
    return np.diag(A) * x - b
