# tries: take memory in large arrays
# item: memory by NumPy
# outcome: memory_limit
import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    return [np.ones(10**7) for _ in range(1000)]
