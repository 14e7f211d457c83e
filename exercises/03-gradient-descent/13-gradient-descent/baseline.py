import numpy as np


def gradient_descent(grad, x0, lr, steps):
    trajectory = np.empty((steps + 1, x0.size))
    trajectory[0] = x0
    for k in range(steps):
        trajectory[k + 1] = trajectory[k] - lr * grad(trajectory[k])
    return trajectory
