import numpy as np


def conv2d_backward(x, weight, dy, stride, padding, dilation, groups):
    N, C, H, W = x.shape
    M, Cg, kh, kw = weight.shape
    Ho, Wo = dy.shape[2:]
    (sh, sw), (ph, pw), (dh, dw) = stride, padding, dilation
    padded = np.zeros((N, C, H + 2 * ph, W + 2 * pw))
    padded[:, :, ph : ph + H, pw : pw + W] = x
    dpadded = np.zeros_like(padded)
    dweight = np.empty_like(weight)
    upstream = dy.reshape(N, groups, M // groups, Ho * Wo)
    for i in range(kh):
        for j in range(kw):
            window = np.s_[:, :, i * dh :, j * dw :]
            seen = padded[window][:, :, : (Ho - 1) * sh + 1 : sh, : (Wo - 1) * sw + 1 : sw]
            pixels = seen.reshape(N, groups, Cg, Ho * Wo)
            kernel = weight[:, :, i, j].reshape(groups, M // groups, Cg)
            dweight[:, :, i, j] = (upstream @ pixels.swapaxes(-1, -2)).sum(axis=0).reshape(M, Cg)
            back = dpadded[window][:, :, : (Ho - 1) * sh + 1 : sh, : (Wo - 1) * sw + 1 : sw]
            back += (kernel.swapaxes(-1, -2) @ upstream).reshape(N, C, Ho, Wo)
    return dpadded[:, :, ph : ph + H, pw : pw + W], dweight, dy.sum(axis=(0, 2, 3))
