import math

import numpy as np

erf = np.vectorize(math.erf, otypes=[float])
C = math.sqrt(2 / math.pi)


def Phi(x):
    return 0.5 * (1 + erf(x / math.sqrt(2)))


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


def gelu(x, approximate):
    if approximate == "none":
        return x * Phi(x)
    return 0.5 * x * (1 + np.tanh(C * (x + 0.044715 * x**3)))


def slope(a, approximate):
    if approximate == "none":
        cumulative = 0.5 * (1 + math.erf(a / math.sqrt(2)))
        return cumulative + a * math.exp(-(a**2) / 2) / math.sqrt(2 * math.pi)
    t = math.tanh(C * (a + 0.044715 * a**3))
    return 0.5 * (1 + t) + 0.5 * a * (1 - t**2) * C * (1 + 3 * 0.044715 * a**2)


def gelu_backward(x, dy, approximate):
    slopes = np.empty(x.size)
    for i, a in enumerate(x.ravel().tolist()):
        slopes[i] = slope(a, approximate)
    return dy * slopes.reshape(x.shape)


def silu(x, beta):
    return x * sigmoid(beta * x)


def silu_backward(x, beta, dy):
    s = sigmoid(beta * x)
    dx = dy * s * (1 + beta * x * (1 - s))
    dbeta = np.sum(dy * x**2 * s * (1 - s))
    return dx, dbeta
