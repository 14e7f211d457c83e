def vjp_matmul(A, B, dC):
    dA = dC @ B.swapaxes(-1, -2)
    dB = dC.swapaxes(-1, -2) @ A
    return dA, dB
