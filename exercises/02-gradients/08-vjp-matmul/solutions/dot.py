import numpy as np


def vjp_matmul(A, B, dC):
    dA = np.dot(dC, B.swapaxes(-1, -2))
    dB = np.dot(A.swapaxes(-1, -2), dC)
    return dA, dB
