import numpy as np


def layernorm_backward(x, gamma, dy, eps):
    N, d = x.shape
    dx = np.empty_like(x)
    dgamma, dbeta = np.zeros(d), np.zeros(d)
    centring = np.eye(d) - np.ones((d, d)) / d
    for i in range(N):
        c = centring @ x[i]
        s = np.sqrt(c @ c / d + eps)
        jacobian = (centring - np.outer(c, c) / (d * s**2)) / s
        dx[i] = jacobian.T @ (gamma * dy[i])
        dgamma += dy[i] * c / s
        dbeta += dy[i]
    return dx, dgamma, dbeta
