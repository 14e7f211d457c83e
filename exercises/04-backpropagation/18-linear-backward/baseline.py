def linear_backward(x, W, dy):
    rows, upstream = x.reshape(-1, x.shape[-1]), dy.reshape(-1, dy.shape[-1])
    return dy @ W, upstream.T @ rows, upstream.sum(axis=0)
