def vjp_matmul(A, B, dC):
    dA = dC @ B.swapaxes(-1, -2)
    dB = dC @ A.swapaxes(-1, -2)
    return dA, dB
