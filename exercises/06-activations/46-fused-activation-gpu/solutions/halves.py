import torch


def fused_activation_backward(x, b, dy):
    """Two halves of the rows, and tanh in the place of exp."""
    parts = [half(xs, b, ys) for xs, ys in zip(x.split(len(x) // 2 + 1), dy.split(len(x) // 2 + 1))]
    return torch.cat([dx for dx, _ in parts]), sum(db for _, db in parts)


def half(x, b, dy):
    z = x + b
    t = torch.tanh(0.5 * z)
    dx = dy * 0.5 * (1 + t) * (1 + 0.5 * z * (1 - t))
    return dx, dx.sum(dim=0)
