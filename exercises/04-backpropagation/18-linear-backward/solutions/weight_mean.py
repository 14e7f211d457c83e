def linear_backward(x, W, dy):
    m, n = W.shape
    rows = x.reshape(-1, n)
    upstream = dy.reshape(-1, m)
    dx = dy @ W
    dW = upstream.T @ rows / len(rows)
    db = upstream.mean(axis=0)
    return dx, dW, db
