def vjp_matmul(A, B, dC):
    return dC @ B.swapaxes(-1, -2), A.swapaxes(-1, -2) @ dC
