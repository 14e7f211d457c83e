import numpy as np


def derivative(f, x, dtype):
    h = np.finfo(dtype).tiny * abs(x)
    rise, run = f(x + h) - f(x - h), 2 * h
    return rise / run if run else 0.0
