def grad_quadratic(A, b, x):
    return (A + A.T) @ x - b
