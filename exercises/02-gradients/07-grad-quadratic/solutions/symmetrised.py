def grad_quadratic(A, b, x):
    return (A + A.T) / 2 @ x - b
