import numpy as np


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def cross_entropy_backward(logits, y, reduction, ignore_index, smoothing):
    N, K = logits.shape
    counts = y != ignore_index
    target = np.full((N, K), smoothing / K)
    y[~counts] = 0
    target[np.arange(N), y] += 1 - smoothing
    d = softmax(logits) - target
    d[~counts] = 0
    return d / counts.sum() if reduction == "mean" else d
