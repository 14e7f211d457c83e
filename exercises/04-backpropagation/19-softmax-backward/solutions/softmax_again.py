import numpy as np


def softmax_backward(p, dy):
    q = np.exp(p) / np.exp(p).sum(axis=-1, keepdims=True)
    return q * (dy - (q * dy).sum(axis=-1, keepdims=True))


def log_softmax(z):
    shifted = z - z.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
