import numpy as np


def fused_activation_backward(x, b, dy):
    """The gradients of y = silu(x + b), with b added to every row.

    x: float32, (n, d)
    b: float32, (d,)
    dy: float32, (n, d), the upstream gradient
    returns: dx, (n, d), and db, (d,)
    """
    ...
