def grad_quadratic(A, b, x):
    return A @ x - b
