import numpy as np


def gradient_descent(grad, x0, lr, steps):
    points = [x0]
    for _ in range(steps):
        g = grad(points[-1])
        if np.linalg.norm(g) < 1e-9:
            break
        points.append(points[-1] - lr * g)
    return np.array(points)
