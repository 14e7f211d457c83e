import numpy as np


def derivative(f, x, dtype):
    # two central differences, combined so that their h² terms cancel
    h = x * np.finfo(dtype).eps ** 0.2

    def slope(h):
        return (f(x + h) - f(x - h)) / (2 * h)

    return (4 * slope(h / 2) - slope(h)) / 3
