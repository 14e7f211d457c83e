def vjp_matmul(A, B, dC):
    dA = dC @ B.swapaxes(-1, -2)
    dB = A.swapaxes(-1, -2) @ dC
    while dA.ndim > 2:
        dA, dB = dA.sum(axis=0), dB.sum(axis=0)
    return dA, dB
