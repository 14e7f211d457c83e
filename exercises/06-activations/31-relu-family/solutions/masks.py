import math

import numpy as np


def relu(x):
    y = x.copy()
    y[y < 0] = 0
    return y


def relu_backward(x, dy):
    dx = dy.copy()
    dx[x < 0] = 0
    return dx


def leaky_relu(x, negative_slope):
    y = x.copy()
    y[x < 0] *= negative_slope
    return y


def leaky_relu_backward(x, dy, negative_slope):
    dx = dy.copy()
    dx[x < 0] *= negative_slope
    return dx


def elu(x, alpha):
    y = [value if value >= 0 else alpha * math.expm1(value) for value in x.ravel()]
    return np.array(y).reshape(x.shape)


def elu_backward(x, dy, alpha):
    dx = dy.copy()
    dx[x < 0] *= alpha * np.exp(x[x < 0])
    return dx
