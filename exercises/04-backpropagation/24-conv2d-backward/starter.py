import numpy as np


def conv2d_backward(x, weight, dy, stride, padding, dilation, groups):
    """Return (dx, dweight, dbias) of y = conv2d(x, weight, bias, stride, padding, dilation, groups).

    x: shape (N, C, H, W)
    weight: shape (M, C // groups, kh, kw)
    dy: the gradient at y, shape (N, M, Ho, Wo)
    stride, padding, dilation: pairs (height, width)
    """
    ...
