import numpy as np


def central_difference(f, x, h):
    nodes = float(x) + h * np.array([1.0, -1.0])
    weights = np.array([0.5, -0.5]) / h
    return sum(weight * f(node) for weight, node in zip(weights, nodes))
