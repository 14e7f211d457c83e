# tries: one-sided difference quotients
# item: finite differences
# outcome: mismatch
# exercise: linear_backward
import numpy as np


def linear_backward(x, W, dy):
    def slope(f, a, h=1e-7):
        gradient = np.zeros_like(a)
        for index in np.ndindex(a.shape):
            step = np.zeros_like(a)
            step[index] = h
            gradient[index] = ((f(a + step) - f(a)) * dy).sum() / h
        return gradient

    b = np.zeros(W.shape[0])
    return slope(lambda a: a @ W.T, x), slope(lambda a: x @ a.T, W), slope(lambda a: x @ W.T + a, b)
