import numpy as np


def numeric_jacobian(f, x):
    x = np.asarray(x, dtype=float)
    h = 1e-13
    columns = []
    for j in range(x.size):
        up, down = x.copy(), x.copy()
        up.flat[j] += h
        down.flat[j] -= h
        columns.append(np.atleast_1d((f(up) - f(down)) / (2 * h)))
    return np.stack(columns, axis=1)
