import numpy as np


def batchnorm_forward_backward(x, gamma, beta, running_mean, running_var, dy, training, momentum, eps):
    # one long list of values for each channel
    moved = np.moveaxis(x, 1, -1)
    rows, upstream = moved.reshape(-1, len(gamma)), np.moveaxis(dy, 1, -1).reshape(-1, len(gamma))
    new_mean, new_var = running_mean.copy(), running_var.copy()
    mean, var = running_mean, running_var
    if training:
        mean = rows.mean(axis=0)
        var = ((rows - mean) ** 2).mean(axis=0)
        new_mean += momentum * (mean - running_mean)
        new_var += momentum * (rows.var(axis=0, ddof=1) - running_var)
    centred = rows - mean
    s = np.sqrt(var + eps)
    xhat = centred / s
    # backward, one intermediate after the other
    dxhat = upstream * gamma
    dx = dxhat / s
    if training:
        ds = -(dxhat * centred).sum(axis=0) / s**2
        dvar = ds / (2 * s)
        dx = dx + 2 * centred * dvar / len(rows)
        dx = dx - dx.mean(axis=0)

    def back(array):
        return np.ascontiguousarray(np.moveaxis(array.reshape(moved.shape), -1, 1))

    return (
        back(xhat * gamma + beta),
        back(dx),
        (upstream * xhat).sum(axis=0),
        upstream.sum(axis=0),
        new_mean,
        new_var,
    )
