import numpy as np


def derivative(f, x, dtype):
    h = np.finfo(dtype).eps ** 0.25 * abs(x)
    return (f(x + h) - f(x - h)) / (2 * h)
