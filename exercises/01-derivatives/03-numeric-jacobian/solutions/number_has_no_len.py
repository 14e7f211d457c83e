import numpy as np


def numeric_jacobian(f, x):
    x = np.asarray(x, dtype=float)
    h = 6e-6
    J = np.zeros((len(f(x)), x.size))
    for j in range(x.size):
        up, down = x.copy(), x.copy()
        up.flat[j] += h
        down.flat[j] -= h
        J[:, j] = (f(up) - f(down)) / (2 * h)
    return J
