import numpy as np


def sigmoid(x):
    """1 / (1 + exp(-x))"""
    ...


def sigmoid_backward(x, dy):
    """The gradient of x, from dy at the output of sigmoid."""
    ...


def tanh(x):
    """(exp(x) - exp(-x)) / (exp(x) + exp(-x))"""
    ...


def tanh_backward(x, dy):
    """The gradient of x, from dy at the output of tanh."""
    ...


def softplus(x):
    """log(1 + exp(x))"""
    ...


def softplus_backward(x, dy):
    """The gradient of x, from dy at the output of softplus."""
    ...


def logsigmoid(x):
    """log(sigmoid(x))"""
    ...


def logsigmoid_backward(x, dy):
    """The gradient of x, from dy at the output of logsigmoid."""
    ...
