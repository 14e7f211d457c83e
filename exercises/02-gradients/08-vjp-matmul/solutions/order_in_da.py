def vjp_matmul(A, B, dC):
    dA = B.swapaxes(-1, -2) @ dC
    dB = A.swapaxes(-1, -2) @ dC
    return dA, dB
