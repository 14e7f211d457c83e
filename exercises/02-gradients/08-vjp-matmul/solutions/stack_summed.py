import numpy as np


def vjp_matmul(A, B, dC):
    dA = dC @ B.swapaxes(-1, -2)
    dB = A.swapaxes(-1, -2) @ dC
    if A.ndim > 2:
        axes = tuple(range(A.ndim - 2))
        dA = np.broadcast_to(dA.sum(axis=axes), A.shape).copy()
        dB = np.broadcast_to(dB.sum(axis=axes), B.shape).copy()
    return dA, dB
