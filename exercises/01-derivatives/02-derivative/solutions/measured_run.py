import numpy as np


def derivative(f, x, dtype):
    # x and nudge are numbers of type dtype, so both points are rounded here and not inside f
    nudge = x * np.dtype(dtype).type(np.finfo(dtype).eps ** (1 / 3))
    left, right = x - nudge, x + nudge
    return (f(right) - f(left)) / (right - left)
