def linear_backward(x, W, dy):
    m, n = W.shape
    rows = x.reshape(-1, n)
    upstream = dy.reshape(-1, m)
    dx = dy @ W.T
    dW = upstream.T @ rows
    db = upstream.sum(axis=0)
    return dx, dW, db
