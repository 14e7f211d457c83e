import numpy as np


def gradient_descent(grad, x0, lr, steps):
    x = x0.copy()
    points = [x.copy()]
    for _ in range(steps):
        x -= lr * grad(x)
        points.append(x.copy())
    return np.array(points)
