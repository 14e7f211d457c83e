import numpy as np


def conv2d_backward(x, weight, dy, stride, padding, dilation, groups):
    N, C, H, W = x.shape
    M, Cg, kh, kw = weight.shape
    (sh, sw), (ph, pw), (dh, dw) = stride, padding, dilation
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    dpadded, dweight, dbias = np.zeros_like(padded), np.zeros_like(weight), np.zeros(M)
    for n, m, h, w in np.ndindex(dy.shape):
        first = m // (M // groups) * Cg
        window = np.s_[
            n,
            first : first + Cg,
            h * sh : h * sh + (kh - 1) * dh + 1 : dh,
            w * sw : w * sw + (kw - 1) * dw + 1 : dw,
        ]
        dweight[m] += dy[n, m, h, w] * padded[window]
        dpadded[window] += dy[n, m, h, w] * weight[m]
        dbias[m] += dy[n, m, h, w]
    return dpadded[:, :, ph : ph + H, pw : pw + W], dweight, dbias
