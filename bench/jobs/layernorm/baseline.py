import torch


def layernorm_backward(x, gamma, dy, eps):
    centred = x - x.mean(-1, keepdim=True)
    s = ((centred**2).mean(-1, keepdim=True) + eps).sqrt()
    x_hat = centred / s
    g = dy * gamma
    dx = (g - g.mean(-1, keepdim=True) - x_hat * (g * x_hat).mean(-1, keepdim=True)) / s
    return dx, (dy * x_hat).sum(0), dy.sum(0)
