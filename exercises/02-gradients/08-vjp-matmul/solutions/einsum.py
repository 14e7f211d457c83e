import numpy as np


def vjp_matmul(A, B, dC):
    dA = np.einsum("...ij,...pj->...ip", dC, B)
    dB = np.einsum("...ip,...ij->...pj", A, dC)
    return dA, dB
