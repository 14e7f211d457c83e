import numpy as np


def gradient_descent(grad, x0, lr, steps):
    if steps == 0:
        return x0[np.newaxis].copy()
    rest = gradient_descent(grad, x0 - lr * grad(x0), lr, steps - 1)
    return np.vstack([x0, rest])
