def grad_quadratic(A, b, x):
    A += A.T.copy()
    A *= 0.5
    return A @ x - b
