def vjp_matmul(A, B, dC):
    dA = dC @ A.swapaxes(-1, -2)
    dB = B.swapaxes(-1, -2) @ dC
    return dA, dB
