def vjp_matmul(A, B, dC):
    dA = B @ dC.swapaxes(-1, -2)
    dB = A.swapaxes(-1, -2) @ dC
    return dA, dB
