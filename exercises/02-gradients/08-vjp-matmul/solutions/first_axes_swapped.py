def vjp_matmul(A, B, dC):
    dA = dC @ B.swapaxes(0, 1)
    dB = A.swapaxes(0, 1) @ dC
    return dA, dB
