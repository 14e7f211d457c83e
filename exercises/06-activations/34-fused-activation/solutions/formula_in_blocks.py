import numpy as np


def fused_activation_backward(x, b, dy):
    """The formula as it stands, on a hundred rows at a time."""
    dx, db = np.empty_like(x), np.zeros_like(b)
    with np.errstate(over="ignore"):
        for start in range(0, len(x), 100):
            part = slice(start, start + 100)
            z = x[part] + b
            s = 1 / (1 + np.exp(-z))
            dx[part] = dy[part] * s * (1 + z * (1 - s))
            db += dx[part].sum(axis=0)
    return dx, db
