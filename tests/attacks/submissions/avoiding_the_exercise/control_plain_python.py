# tries: nothing: a right answer in loops over floats, without arrays until the end
# item: control: unusual style
# outcome: passed
# exercise: linear_backward
import numpy as np


def linear_backward(x, W, dy):
    rows, ups, (m, n) = x.reshape(-1, x.shape[-1]).tolist(), dy.reshape(-1, dy.shape[-1]).tolist(), W.shape
    W = W.tolist()
    dx = [[sum(u[j] * W[j][k] for j in range(m)) for k in range(n)] for u in ups]
    dW = [[sum(u[j] * r[k] for u, r in zip(ups, rows)) for k in range(n)] for j in range(m)]
    db = [sum(u[j] for u in ups) for j in range(m)]
    return np.array(dx).reshape(x.shape), np.array(dW), np.array(db)
