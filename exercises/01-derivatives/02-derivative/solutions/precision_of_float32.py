import numpy as np


def derivative(f, x, dtype):
    h = float(np.cbrt(np.finfo(np.float32).eps)) * abs(x)
    return (f(x + h) - f(x - h)) / (2 * h)
