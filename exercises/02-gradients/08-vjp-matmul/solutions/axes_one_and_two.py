def vjp_matmul(A, B, dC):
    if A.ndim == 2:
        return dC @ B.T, A.T @ dC
    dA = dC @ B.swapaxes(1, 2)
    dB = A.swapaxes(1, 2) @ dC
    return dA, dB
