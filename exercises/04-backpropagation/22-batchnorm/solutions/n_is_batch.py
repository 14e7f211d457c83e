import numpy as np


def batchnorm_forward_backward(x, gamma, beta, running_mean, running_var, dy, training, momentum, eps):
    axes = (0,) if x.ndim == 2 else (0, 2, 3)
    per_channel = (1, -1) + (1,) * (x.ndim - 2)
    n = x.size // x.shape[1]
    mean = x.mean(axis=axes) if training else running_mean
    var = x.var(axis=axes) if training else running_var
    s = np.sqrt(var + eps).reshape(per_channel)
    xhat = (x - mean.reshape(per_channel)) / s
    y = gamma.reshape(per_channel) * xhat + beta.reshape(per_channel)

    dgamma = (dy * xhat).sum(axis=axes)
    dbeta = dy.sum(axis=axes)
    g = gamma.reshape(per_channel) * dy
    if training:
        N = len(x)
        through_mean = g.sum(axis=axes, keepdims=True) / N
        through_var = xhat * (g * xhat).sum(axis=axes, keepdims=True) / N
        dx = (g - through_mean - through_var) / s
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * var * n / (n - 1)
    else:
        dx = g / s
    return y, dx, dgamma, dbeta, running_mean, running_var
