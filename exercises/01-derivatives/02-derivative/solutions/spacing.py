import numpy as np


def derivative(f, x, dtype):
    h = float(np.spacing(np.dtype(dtype).type(abs(x))))
    return (f(x + h) - f(x - h)) / (2 * h)
