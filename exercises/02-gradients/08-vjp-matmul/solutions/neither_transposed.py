def vjp_matmul(A, B, dC):
    dA = dC @ B
    dB = A @ dC
    return dA, dB
