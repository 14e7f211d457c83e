import numpy as np


def gradient_descent(grad, x0, lr, steps):
    x = x0.copy()
    trajectory = np.zeros((steps + 1, len(x0)))
    for k in range(steps + 1):
        x = x - lr * grad(x)
        trajectory[k] = x
    return trajectory
