import numpy as np


def central(f, x, v, h):
    return (f(x + h * v) - f(x - h * v)) / (2 * h)


def jvp(f, x, v):
    size = np.linalg.norm(v)
    h = 6e-6 / size if size > 0 else 1.0
    return 4 / 3 * central(f, x, v, h) - central(f, x, v, 2 * h) / 3


def hvp(grad, x, v):
    size = np.linalg.norm(v)
    h = 6e-6 / size if size > 0 else 1.0
    return (grad(x + h * v) - grad(x - h * v)) / (2 * h)
