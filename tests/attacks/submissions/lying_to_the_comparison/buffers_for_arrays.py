# tries: bytes and buffers that hold the right numbers
# item: __array__
# outcome: structure
import array

import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    s = np.sqrt(x.var(-1, keepdims=True) + eps)
    xhat, g = (x - x.mean(-1, keepdims=True)) / s, gamma * dy
    dx = (g - g.mean(-1, keepdims=True) - xhat * (g * xhat).mean(-1, keepdims=True)) / s
    return dx.tobytes(), memoryview((dy * xhat).sum(0)), array.array("d", dy.sum(0))
