# tries: nothing: a right and fast answer that keeps its work arrays from call to call
# item: answers cached by shape
# outcome: passed
# exercise: gelu_silu
import numpy as np


work = {}


def silu_backward(x, beta, dy):
    s = work.setdefault(x.shape, np.empty(x.shape))
    np.multiply(x, 0.5 * beta, out=s)
    np.tanh(s, out=s)
    s += 1
    s *= 0.5
    slope = s * (1 - s)
    return dy * (s + beta * x * slope), np.sum(dy * x * x * slope)
