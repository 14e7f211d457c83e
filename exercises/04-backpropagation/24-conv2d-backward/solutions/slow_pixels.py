import numpy as np


def conv2d_backward(x, weight, dy, stride, padding, dilation, groups):
    N, C, H, W = x.shape
    M, Cg, kh, kw = weight.shape
    (sh, sw), (ph, pw), (dh, dw) = stride, padding, dilation
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    dpadded, dweight = np.zeros_like(padded), np.zeros_like(weight)
    for g in range(groups):
        ins, outs = slice(g * Cg, (g + 1) * Cg), slice(g * M // groups, (g + 1) * M // groups)
        for h in range(dy.shape[2]):
            for w in range(dy.shape[3]):
                rows = slice(h * sh, h * sh + (kh - 1) * dh + 1, dh)
                columns = slice(w * sw, w * sw + (kw - 1) * dw + 1, dw)
                dweight[outs] += np.tensordot(dy[:, outs, h, w].T, padded[:, ins, rows, columns], 1)
                dpadded[:, ins, rows, columns] += np.tensordot(dy[:, outs, h, w], weight[outs], 1)
    return dpadded[:, :, ph : ph + H, pw : pw + W], dweight, dy.sum(axis=(0, 2, 3))
