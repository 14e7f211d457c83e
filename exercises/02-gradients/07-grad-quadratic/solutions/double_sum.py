import numpy as np


def grad_quadratic(A, b, x):
    n = len(x)
    gradient = np.zeros(n)
    for i in range(n):
        for j in range(n):
            gradient[i] += 0.5 * A[i, j] * x[j]
            gradient[j] += 0.5 * x[i] * A[i, j]
        gradient[i] -= b[i]
    return gradient
