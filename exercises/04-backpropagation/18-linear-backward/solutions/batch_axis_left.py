import numpy as np


def linear_backward(x, W, dy):
    dx = dy @ W
    dW = np.swapaxes(dy, -1, -2) @ x
    db = dy.reshape(-1, len(W)).sum(axis=0)
    return dx, dW, db
