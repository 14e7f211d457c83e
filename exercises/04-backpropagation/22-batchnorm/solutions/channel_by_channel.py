import numpy as np


def batchnorm_forward_backward(x, gamma, beta, running_mean, running_var, dy, training, momentum, eps):
    y, dx = np.empty_like(x), np.empty_like(x)
    dgamma, dbeta = np.empty_like(gamma), np.empty_like(beta)
    new_mean, new_var = np.array(running_mean), np.array(running_var)
    for c in range(x.shape[1]):
        values, upstream = x[:, c].ravel(), dy[:, c].ravel()
        n = values.size
        if training:
            centred = values - values.sum() / n
            squares = centred @ centred
            s = np.sqrt(squares / n + eps)
            jacobian = (np.eye(n) - 1 / n - np.outer(centred, centred) / (n * s * s)) / s
            new_mean[c] = (1 - momentum) * running_mean[c] + momentum * values.sum() / n
            new_var[c] = (1 - momentum) * running_var[c] + momentum * squares / (n - 1)
        else:
            centred = values - running_mean[c]
            s = np.sqrt(running_var[c] + eps)
            jacobian = np.eye(n) / s
        y[:, c] = (gamma[c] * centred / s + beta[c]).reshape(x[:, c].shape)
        dx[:, c] = (gamma[c] * jacobian.T @ upstream).reshape(x[:, c].shape)
        dgamma[c] = upstream @ centred / s
        dbeta[c] = upstream.sum()
    return y, dx, dgamma, dbeta, new_mean, new_var
