import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv2d_backward(x, weight, dy, stride, padding, dilation, groups):
    N, C, H, W = x.shape
    M, Cg, kh, kw = weight.shape
    Ho, Wo = dy.shape[2:]
    (sh, sw), (ph, pw), (dh, dw) = stride, padding, dilation
    reach = ((kh - 1) * dh + 1, (kw - 1) * dw + 1)
    by_group = dy.reshape(N, groups, M // groups, Ho, Wo)

    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    seen = sliding_window_view(padded, reach, axis=(2, 3))[:, :, ::sh, ::sw, ::dh, ::dw]
    seen = seen.reshape(N, groups, Cg, Ho, Wo, kh, kw)
    dweight = np.einsum("ngmhw,ngchwij->gmcij", by_group, seen).reshape(weight.shape)

    # dy with its gaps, and room all round for the kernel to pass over every pixel
    spaced = np.zeros((N, M, H + 2 * ph + reach[0] - 1, W + 2 * pw + reach[1] - 1))
    top, left = reach[0] - 1, reach[1] - 1
    spaced[:, :, top : top + (Ho - 1) * sh + 1 : sh, left : left + (Wo - 1) * sw + 1 : sw] = dy
    around = sliding_window_view(spaced, reach, axis=(2, 3))[..., ::dh, ::dw]
    around = around.reshape(N, groups, M // groups, H + 2 * ph, W + 2 * pw, kh, kw)
    turned = weight[:, :, ::-1, ::-1].reshape(groups, M // groups, Cg, kh, kw)
    dpadded = np.einsum("gmcij,ngmhwij->ngchw", turned, around).reshape(padded.shape)
    return dpadded[:, :, ph : ph + H, pw : pw + W], dweight, np.einsum("nmhw->m", dy)
