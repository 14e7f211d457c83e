def linear_backward(x, W, dy):
    dx = dy @ W
    dW = dy.T @ x
    db = dy.sum(axis=tuple(range(dy.ndim - 1)))
    return dx, dW, db
