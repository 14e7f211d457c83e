import numpy as np


def gradient_descent(grad, x0, lr, steps):
    trajectory = np.zeros((steps + 1, len(x0)))
    x = x0
    trajectory[0] = x
    for k in range(steps):
        x -= lr * grad(x)
        trajectory[k + 1] = x
    return trajectory
