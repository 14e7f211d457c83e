import numpy as np


def jvp(f, x, v):
    size = np.linalg.norm(v)
    h = 6e-6 / size if size > 0 else 1.0
    return size * (f(x + h * v) - f(x - h * v)) / (2 * h)


def hvp(grad, x, v):
    size = np.linalg.norm(v)
    h = 6e-6 / size if size > 0 else 1.0
    return (grad(x + h * v) - grad(x - h * v)) / (2 * h)
