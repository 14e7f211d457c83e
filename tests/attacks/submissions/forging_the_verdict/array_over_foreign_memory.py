# tries: an array that says it lies at an address that is not there
# item: a crash
# outcome: crashed
import ctypes

import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    nowhere = (ctypes.c_double * x.size).from_address(4096)
    return np.ctypeslib.as_array(nowhere).reshape(x.shape), gamma, gamma
