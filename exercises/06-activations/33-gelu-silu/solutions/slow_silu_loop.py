import math

import numpy as np

erf = np.vectorize(math.erf, otypes=[float])
C = math.sqrt(2 / math.pi)


def Phi(x):
    return 0.5 * (1 + erf(x / math.sqrt(2)))


def phi(x):
    return np.exp(-(x**2) / 2) / math.sqrt(2 * math.pi)


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


def gelu(x, approximate):
    if approximate == "none":
        return x * Phi(x)
    return 0.5 * x * (1 + np.tanh(C * (x + 0.044715 * x**3)))


def gelu_backward(x, dy, approximate):
    if approximate == "none":
        return dy * (Phi(x) + x * phi(x))
    t = np.tanh(C * (x + 0.044715 * x**3))
    return dy * (0.5 * (1 + t) + 0.5 * x * (1 - t**2) * C * (1 + 3 * 0.044715 * x**2))


def silu(x, beta):
    return x * sigmoid(beta * x)


def silu_backward(x, beta, dy):
    dx, dbeta = np.empty(x.size), 0.0
    for i, (a, d) in enumerate(zip(x.ravel().tolist(), dy.ravel().tolist())):
        e = math.exp(-abs(beta * a))
        s = 1 / (1 + e) if beta * a >= 0 else e / (1 + e)
        dx[i] = d * s * (1 + beta * a * (1 - s))
        dbeta += d * a**2 * s * (1 - s)
    dx = dx.reshape(x.shape)
    return dx, dbeta
