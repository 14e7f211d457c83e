import math

import numpy as np

erf = np.vectorize(math.erf, otypes=[float])
ROOT = math.sqrt(2 / math.pi)


def gelu(x, approximate):
    if approximate == "none":
        return 0.5 * x * (1 + erf(x / math.sqrt(2)))
    return 0.5 * x * (1 + np.tanh(ROOT * x * (1 + 0.044715 * x * x)))


def gelu_backward(x, dy, approximate):
    if approximate == "none":
        density = np.exp(-0.5 * x * x) / math.sqrt(2 * math.pi)
        return dy * (0.5 * (1 + erf(x / math.sqrt(2))) + x * density)
    square = x * x
    t = np.tanh(ROOT * x * (1 + 0.044715 * square))
    inner = ROOT * (1 + 3 * 0.044715 * square)
    return dy * 0.5 * (1 + t + x * (1 - t * t) * inner)


def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def silu(x, beta):
    return x * sigmoid(beta * x)


def silu_backward(x, beta, dy):
    s = sigmoid(beta * x)
    slope = s * (1 - s)
    return dy * (s + beta * x * slope), np.sum(dy * x * x * slope)
