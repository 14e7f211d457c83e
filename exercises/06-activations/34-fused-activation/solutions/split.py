import numpy as np


def fused_activation_backward(x, b, dy):
    """Pieces of some forty rows, and the sum over them as a matrix product."""
    count = len(x) // 40 + 1
    dx, db = np.empty(x.shape, x.dtype), 0
    for xs, ys, out in zip(*(np.array_split(one, count) for one in (x, dy, dx))):
        z = xs + b
        t = np.tanh(z * 0.5)
        z *= 0.5
        z *= 1 - t
        z += 1
        t += 1
        t *= 0.5
        z *= t
        np.multiply(z, ys, out=out)
        db = db + np.ones(len(out), out.dtype) @ out
    return dx, db
