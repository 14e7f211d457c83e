import numpy as np


def sigmoid(x):
    z = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, z) / (1 + z)


def sigmoid_backward(x, dy):
    return dy * sigmoid(x) * sigmoid(-x)


def tanh(x):
    return np.tanh(x)


def tanh_backward(x, dy):
    return dy * 4 * sigmoid(2 * x) * sigmoid(-2 * x)


def softplus(x):
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def softplus_backward(x, dy):
    return dy * sigmoid(-x)


def logsigmoid(x):
    return -softplus(-x)


def logsigmoid_backward(x, dy):
    return dy * sigmoid(-x)
