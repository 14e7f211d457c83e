import torch


def fused_activation_backward(x, b, dy):
    """The library's own fused kernel for the middle part."""
    dx = torch.ops.aten.silu_backward(dy, x + b)
    return dx, dx.sum(0)
