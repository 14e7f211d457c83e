# tries: sets the inputs to zero, so that zero becomes the right answer
# item: a changed input
# outcome: mismatch
import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    for a in (x, gamma, dy):
        a[...] = 0
    return np.zeros_like(x), np.zeros_like(gamma), np.zeros_like(gamma)
