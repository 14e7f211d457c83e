import math

import numpy as np


def cross_entropy_backward(logits, y, reduction, ignore_index, smoothing):
    d = np.zeros_like(logits)
    counted = 0
    for n, (row, label) in enumerate(zip(logits, y)):
        if label == ignore_index:
            continue
        counted += 1
        top = max(row)
        exponentials = [math.exp(z - top) for z in row]
        for k, one in enumerate(exponentials):
            d[n, k] = one / sum(exponentials) - smoothing / len(row)
        d[n, label] -= 1 - smoothing
    if reduction == "mean":
        d /= counted
    return d
