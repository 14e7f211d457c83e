def vjp_matmul(A, B, dC):
    dA = B.swapaxes(-1, -2) @ dC
    dB = dC @ A.swapaxes(-1, -2)
    return dA, dB
