import numpy as np


def grad_norms(weights, x, dy, act, residual):
    return np.array(backward(weights, x, act, residual)(dy))


def backward(weights, h, act, residual):
    """The way up from h; returns a function from the gradient at the top to all norms and, last, dh."""
    walk = layers(weights, h, act, residual)
    return lambda dy: walk(dy)[0]


def layers(weights, h, act, residual):
    if not weights:
        return lambda dy: ([], dy)
    W = weights[0]
    out, slope = activate(np.einsum("ni,ji->nj", h, W), act)
    above = layers(weights[1:], h + out if residual else out, act, residual)

    def walk(dy):
        norms, dout = above(dy)
        dz = dout * slope
        own = np.sqrt(np.sum(np.einsum("nj,ni->ji", dz, h) ** 2))
        dh = np.einsum("nj,ji->ni", dz, W)
        return [own, *norms], dh + dout if residual else dh

    return walk


def activate(z, act):
    """The value and the slope, from the value."""
    if act == "linear":
        return z, np.ones(z.shape)
    if act == "relu":
        return np.where(z > 0, z, 0), np.where(z > 0, 1, 0)
    if act == "tanh":
        a = np.tanh(z)
        return a, 1 - a * a
    s = 1 / (1 + np.exp(-z))
    return s, s * (1 - s)
