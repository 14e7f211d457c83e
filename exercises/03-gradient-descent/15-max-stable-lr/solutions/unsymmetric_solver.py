from numpy.linalg import eigvals


def max_stable_lr(A):
    curvatures = sorted(eigvals(A).real)
    size = max(map(abs, curvatures))
    if curvatures[0] / size < -1e-8:
        return 0.0
    return 2 / size


def rate(A, lr):
    return max(abs(1 - lr * one) for one in eigvals(A).real)
