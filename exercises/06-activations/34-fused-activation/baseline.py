import numpy as np

ROWS = 32  # of 1000 float32 numbers: three buffers are 384 KB, and stay in the cache


def fused_activation_backward(x, b, dy):
    dx = np.empty_like(x)
    db = np.zeros_like(b)
    z = np.empty((ROWS, x.shape[1]), x.dtype)
    s = np.empty_like(z)
    for i in range(0, len(x), ROWS):
        rows = slice(i, min(i + ROWS, len(x)))
        n = rows.stop - i
        block(x[rows], b, dy[rows], z[:n], s[:n], dx[rows])
        db += dx[rows].sum(axis=0)
    return dx, db


def block(x, b, dy, z, s, out):
    """out = dy · s · (1 + z (1 - s)) with z = x + b and s = σ(z), by way of tanh, which does not overflow."""
    np.add(x, b, out=z)
    np.multiply(z, 0.5, out=s)
    np.tanh(s, out=s)
    s += 1
    s *= 0.5
    np.subtract(1, s, out=out)
    out *= z
    out += 1
    out *= s
    out *= dy
