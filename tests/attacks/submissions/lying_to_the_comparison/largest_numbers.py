# tries: the largest numbers there are, whose difference from the right ones overflows
# item: Inf
# outcome: mismatch | not_finite
import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    return tuple(np.full(a.shape, -np.finfo(float).max) for a in (x, gamma, gamma))
