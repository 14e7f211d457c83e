# tries: nothing: a right answer with printing, warnings, a patched print and a logger
# item: control: unusual style
# outcome: passed
import logging
import warnings

import numpy as np


logging.basicConfig(level=logging.DEBUG)
_print = print


def print(*args):
    _print("debug:", *args)


def layernorm_backward(x, gamma, dy, eps):
    s = np.sqrt(x.var(-1, keepdims=True) + eps)
    xhat, g = (x - x.mean(-1, keepdims=True)) / s, gamma * dy
    dx = (g - g.mean(-1, keepdims=True) - xhat * (g * xhat).mean(-1, keepdims=True)) / s
    print(dx.shape)
    logging.info("dx %s", dx.shape)
    warnings.warn("almost done")
    np.log(np.array(-1.0))
    return dx, (dy * xhat).sum(0), dy.sum(0)
