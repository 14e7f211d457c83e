import math

import numpy as np

erf = np.vectorize(math.erf, otypes=[float])
C = math.sqrt(2 / math.pi)


def Phi(x):
    return 0.5 * (1 + erf(x / math.sqrt(2)))


def phi(x):
    return np.exp(-(x**2) / 2) / math.sqrt(2 * math.pi)


def sigmoid(x, beta):
    z = beta * x
    return np.where(x >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))


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
    return x * sigmoid(x, beta)


def silu_backward(x, beta, dy):
    s = sigmoid(x, beta)
    dx = dy * s * (1 + beta * x * (1 - s))
    dbeta = np.sum(dy * x**2 * s * (1 - s))
    return dx, dbeta
