import numpy as np


def linear_backward(x, W, dy):
    dx = np.einsum("...m,mn->...n", dy, W)
    dW = np.einsum("...m,...n->mn", dy, x)
    db = np.einsum("...m->m", dy)
    return dx, dW, db
