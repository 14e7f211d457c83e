import numpy as np


def gradient_descent(grad, x0, lr, steps):
    x = x0.copy()
    trajectory = np.zeros((steps, len(x0)))
    for k in range(steps):
        x = x - lr * grad(x)
        trajectory[k] = x
    return trajectory
