import numpy as np


def softmax_backward(p, dy):
    return p * dy - p * np.einsum("...k,...k->...", p, dy)[..., None]


def log_softmax(z):
    return z - np.logaddexp.reduce(z, axis=-1, keepdims=True)
