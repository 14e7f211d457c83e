def vjp_matmul(A, B, dC):
    dA = dC @ B
    dB = A.swapaxes(-1, -2) @ dC
    return dA, dB
