import numpy as np


def vjp_matmul(A, B, dC):
    # C is the sum over p of column p of A times row p of B
    dA, dB = np.empty_like(A), np.empty_like(B)
    for p in range(A.shape[-1]):
        column, row = A[..., :, p], B[..., p, :]
        dA[..., :, p] = (dC * row[..., np.newaxis, :]).sum(axis=-1)
        dB[..., p, :] = (dC * column[..., :, np.newaxis]).sum(axis=-2)
    return dA, dB
