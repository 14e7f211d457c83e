import numpy as np


def gradient_descent(grad, x0, lr, steps):
    trajectory = np.zeros((steps + 1, len(x0)))
    trajectory[0] = x0
    for k in range(steps):
        if np.all(np.isfinite(grad(trajectory[k]))):
            trajectory[k + 1] = trajectory[k] - lr * grad(trajectory[k])
    return trajectory
