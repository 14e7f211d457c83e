import numpy as np


def conv2d_backward(x, weight, dy, stride, padding, dilation, groups):
    H, W = x.shape[2:]
    M, Cg, kh, kw = weight.shape
    Mg = M // groups
    Ho, Wo = dy.shape[2:]
    (sh, sw), (ph, pw), (dh, dw) = stride, padding, dilation
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    dpadded, dweight = np.zeros_like(padded), np.zeros_like(weight)
    for g in range(groups):
        ins, outs = slice(g * Cg, (g + 1) * Cg), slice(g * Mg, (g + 1) * Mg)
        for i in range(kh):
            for j in range(kw):
                rows = slice(i * dh, i * dh + (Ho - 1) * sh + 1, sh)
                columns = slice(j * dw, j * dw + (Wo - 1) * sw + 1, sw)
                seen = padded[:, ins, rows, columns]
                dweight[outs, :, i, j] = np.einsum("nmhw,nchw->mc", dy[:, outs], seen)
                back = np.einsum("nmhw,mc->nchw", dy[:, outs], weight[outs, :, i, j])
                dpadded[:, ins, rows, columns] += back
    dx = dpadded[:, :, ph : ph + H, pw : pw + W]
    dbias = dy.sum(axis=(0, 2, 3))
    return dx, dweight, dbias
