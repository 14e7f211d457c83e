def vjp_matmul(A, B, dC):
    dA = dC @ B.swapaxes(-1, -2)
    dB = A @ dC
    return dA, dB
