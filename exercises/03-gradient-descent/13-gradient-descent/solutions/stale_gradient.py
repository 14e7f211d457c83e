import numpy as np


def gradient_descent(grad, x0, lr, steps):
    g = grad(x0)
    trajectory = np.zeros((steps + 1, len(x0)))
    trajectory[0] = x0
    for k in range(steps):
        trajectory[k + 1] = trajectory[k] - lr * g
    return trajectory
