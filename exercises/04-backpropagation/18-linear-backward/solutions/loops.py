import numpy as np


def linear_backward(x, W, dy):
    dx, dW, db = np.zeros_like(x), np.zeros_like(W), np.zeros(W.shape[0])
    for row in np.ndindex(x.shape[:-1]):
        for j in range(W.shape[0]):
            dx[row] += dy[row][j] * W[j]
            dW[j] += dy[row][j] * x[row]
            db[j] += dy[row][j]
    return dx, dW, db
