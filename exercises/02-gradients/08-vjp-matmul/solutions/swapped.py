def vjp_matmul(A, B, dC):
    dA = dC @ B.swapaxes(-1, -2)
    dB = A.swapaxes(-1, -2) @ dC
    return dB, dA
