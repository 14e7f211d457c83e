import numpy as np


def gradient_descent(grad, x0, lr, steps):
    points = [x0]
    for _ in range(1, steps):
        points.append(points[-1] - lr * grad(points[-1]))
    return np.array(points)
