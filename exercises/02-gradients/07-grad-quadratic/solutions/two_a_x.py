def grad_quadratic(A, b, x):
    return 2 * A @ x - b
