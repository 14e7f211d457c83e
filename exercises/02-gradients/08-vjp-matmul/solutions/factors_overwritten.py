def vjp_matmul(A, B, dC):
    dA = dC @ B.swapaxes(-1, -2)
    B[...] = A.swapaxes(-1, -2) @ dC
    A[...] = dA
    return A, B
