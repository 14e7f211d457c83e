import numpy as np


def relu(x):
    return np.maximum(x, 0)


def relu_backward(x, dy):
    return dy * (x > 0)


def leaky_relu(x, negative_slope):
    x[x < 0] *= negative_slope
    return x


def leaky_relu_backward(x, dy, negative_slope):
    return dy * np.where(x > 0, 1.0, negative_slope)


def elu(x, alpha):
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def elu_backward(x, dy, alpha):
    return dy * np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0)))
