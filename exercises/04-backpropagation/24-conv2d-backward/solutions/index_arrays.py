import numpy as np


def conv2d_backward(x, weight, dy, stride, padding, dilation, groups):
    N, C, H, W = x.shape
    M, Cg, kh, kw = weight.shape
    Ho, Wo = dy.shape[2:]
    (sh, sw), (ph, pw), (dh, dw) = stride, padding, dilation
    row = np.arange(Ho).reshape(-1, 1, 1, 1) * sh + np.arange(kh).reshape(-1, 1) * dh
    column = np.arange(Wo).reshape(-1, 1, 1) * sw + np.arange(kw) * dw
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    patches = padded[:, :, row, column].reshape(N, groups, Cg, Ho, Wo, kh, kw)
    upstream = dy.reshape(N, groups, M // groups, Ho, Wo)
    kernels = weight.reshape(groups, M // groups, Cg, kh, kw)
    dweight = np.einsum("ngmhw,ngchwij->gmcij", upstream, patches, optimize=True)
    dpatches = np.einsum("ngmhw,gmcij->ngchwij", upstream, kernels, optimize=True)
    dpadded = np.zeros_like(padded)
    everywhere = (slice(None), slice(None), row, column)
    np.add.at(dpadded, everywhere, dpatches.reshape(N, C, Ho, Wo, kh, kw))
    return dpadded[:, :, ph : ph + H, pw : pw + W], dweight.reshape(weight.shape), dy.sum((0, 2, 3))
