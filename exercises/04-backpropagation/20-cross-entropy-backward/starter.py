import numpy as np


def cross_entropy_backward(logits, y, reduction, ignore_index, smoothing):
    """Return dlogits, the gradient of the loss at the logits.

    logits: shape (N, K)
    y: N integers, each a class or ignore_index
    reduction: "sum", or "mean" over the rows that are not ignored
    smoothing: s in (1 - s) * one_hot + s / K
    """
    ...
