import numpy as np


def central_difference(f, x, h):
    points = np.array([x, x])
    points[0] += h
    points[1] -= h
    return (f(points[0]) - f(points[1])) / (2 * h)
