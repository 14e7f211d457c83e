import numpy as np


def parts(x):
    """The positive part and the negative part; they add up to x."""
    size = np.abs(x)
    return (x + size) / 2, (x - size) / 2


def step(x):
    """0 on the left, 1 on the right, 1/2 between."""
    return (1 + np.sign(x)) / 2


def relu(x):
    return parts(x)[0]


def relu_backward(x, dy):
    return dy * step(x)


def leaky_relu(x, negative_slope):
    above, below = parts(x)
    return above + negative_slope * below


def leaky_relu_backward(x, dy, negative_slope):
    return dy * (negative_slope + (1 - negative_slope) * step(x))


def elu(x, alpha):
    above, below = parts(x)
    return above + alpha * np.expm1(below)


def elu_backward(x, dy, alpha):
    below = parts(x)[1]
    return dy * (step(x) + alpha * np.exp(below) * (1 - step(x)))
