import math

import numpy as np

erf = np.vectorize(math.erf, otypes=[float])


def cdf(x):
    return 0.5 + 0.5 * erf(x * math.sqrt(0.5))


def halves(z):
    """sigmoid(z), each sign by the formula that cannot overflow there."""
    z = np.asarray(z, dtype=float)
    s = np.empty_like(z)
    right = z >= 0
    s[right] = 1 / (1 + np.exp(-z[right]))
    grown = np.exp(z[~right])
    s[~right] = grown / (1 + grown)
    return s


def bend(x):
    return math.sqrt(8 / math.pi) * (x + 0.044715 * x * x * x)


def gelu(x, approximate):
    # 1 + tanh(u) is twice the sigmoid of 2u
    return x * (cdf(x) if approximate == "none" else halves(bend(x)))


def gelu_backward(x, dy, approximate):
    if approximate == "none":
        return dy * cdf(x) + dy * x * np.exp(-0.5 * np.square(x)) * math.sqrt(0.5 / math.pi)
    s = halves(bend(x))
    slope = math.sqrt(8 / math.pi) * (1 + 0.134145 * x * x)
    return dy * (s + x * s * (1 - s) * slope)


def silu(x, beta):
    return x * halves(beta * x)


def silu_backward(x, beta, dy):
    s = halves(beta * x)
    return dy * (s + silu(x, beta) * beta * (1 - s)), float((dy * x * x * s * (1 - s)).sum())
