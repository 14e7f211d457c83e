import numpy as np


def softmax_backward(p, dy):
    """Return dz, the gradient at the logits.

    p: the probabilities softmax(z), along the last axis
    dy: the gradient at the probabilities, the same shape
    """
    ...


def log_softmax(z):
    """Return log(softmax(z)) along the last axis, finite for any logits."""
    ...
