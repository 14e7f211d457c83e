import numpy as np


def numeric_jacobian(f, x):
    moved = np.array(x, dtype=float).reshape(-1)
    h, J = 1e-5, None
    for j in range(moved.size):
        before = moved[j]
        moved[j] = before + h
        right = np.ravel(f(moved.reshape(np.shape(x))))
        moved[j] = before - h
        left = np.ravel(f(moved.reshape(np.shape(x))))
        moved[j] = before
        if J is None:
            J = np.empty((right.size, moved.size))
        J[:, j] = (right - left) / (2 * h)
    return J
