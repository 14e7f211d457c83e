def vjp_matmul(A, B, dC):
    dA = dC * B
    dB = dC * A
    return dA, dB
