# tries: compute in float32 what is due in float64
# item: lower precision
# outcome: mismatch
# exercise: gelu_silu
import numpy as np


def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def silu_backward(x, beta, dy):
    x, dy = x.astype(np.float32), dy.astype(np.float32)
    s = sigmoid(np.float32(beta) * x)
    slope = s * (1 - s)
    dx = dy * (s + np.float32(beta) * x * slope)
    return dx.astype(np.float64), np.sum(dy * x * x * slope, dtype=np.float64)
