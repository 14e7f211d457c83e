def vjp_matmul(A, B, dC):
    dA = dC @ B.T
    dB = A.T @ dC
    return dA, dB
