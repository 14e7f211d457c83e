import numpy as np


def gradient_descent(grad, x0, lr, steps):
    trajectory = np.zeros((steps + 1, len(x0)))
    trajectory[0] = x0
    g = np.zeros(len(x0))
    for k in range(steps):
        g += grad(trajectory[k])
        trajectory[k + 1] = trajectory[k] - lr * g
    return trajectory
