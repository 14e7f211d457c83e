import numpy as np


def vjp_matmul(A, B, dC):
    dA, dB = np.zeros_like(A), np.zeros_like(B)
    for entry in np.ndindex(A.shape[:-2]):
        for i, j in np.ndindex(dC.shape[-2:]):
            upstream = dC[entry][i, j]
            dA[entry][i] += upstream * B[entry][:, j]
            dB[entry][:, j] += upstream * A[entry][i]
    return dA, dB
