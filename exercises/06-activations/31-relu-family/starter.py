import numpy as np


def relu(x):
    """x above 0, and 0 below."""
    ...


def relu_backward(x, dy):
    """The gradient of x, from dy at the output of relu."""
    ...


def leaky_relu(x, negative_slope):
    """x above 0, and negative_slope * x below."""
    ...


def leaky_relu_backward(x, dy, negative_slope):
    """The gradient of x, from dy at the output of leaky_relu."""
    ...


def elu(x, alpha):
    """x above 0, and alpha * (exp(x) - 1) below."""
    ...


def elu_backward(x, dy, alpha):
    """The gradient of x, from dy at the output of elu."""
    ...
