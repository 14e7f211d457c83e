import numpy as np


def vjp_matmul(A, B, dC):
    if A.ndim == 2:
        return dC @ B.T, A.T @ dC
    return dC @ np.transpose(B, (0, 2, 1)), np.transpose(A, (0, 2, 1)) @ dC
