import numpy as np


def vjp_matmul(A, B, dC):
    dA = np.ones_like(dC) @ B.swapaxes(-1, -2)
    dB = A.swapaxes(-1, -2) @ np.ones_like(dC)
    return dA, dB
