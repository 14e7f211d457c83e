# tries: objects that hand out another array's memory
# item: __array__
# outcome: structure
import numpy as np


class Disguise:
    def __init__(self, a):
        self.__array_interface__, self.kept = a.__array_interface__, a


def layernorm_backward(x, gamma, dy, eps):
    s = np.sqrt(x.var(-1, keepdims=True) + eps)
    xhat, g = (x - x.mean(-1, keepdims=True)) / s, gamma * dy
    dx = (g - g.mean(-1, keepdims=True) - xhat * (g * xhat).mean(-1, keepdims=True)) / s
    return Disguise(dx), Disguise((dy * xhat).sum(0)), Disguise(dy.sum(0))
