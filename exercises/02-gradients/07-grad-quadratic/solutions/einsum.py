import numpy as np


def grad_quadratic(A, b, x):
    left = np.einsum("kj,j->k", A, x)
    right = np.einsum("i,ik->k", x, A)
    return 0.5 * left + 0.5 * right - b
