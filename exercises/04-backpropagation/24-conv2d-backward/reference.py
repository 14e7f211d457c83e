"""A two-dimensional convolution in torch."""

import torch

# of the examples: a list in TOML is an array of float64
ONE, NONE, TWO_ACROSS, ONE_ACROSS = (1, 1), (0, 0), (1, 2), (0, 1)


def forward(x, weight, bias, stride, padding, dilation, groups):
    return torch.nn.functional.conv2d(x, weight, bias, stride, padding, dilation, groups)


def cases(rng, group):
    return {
        "plain": plain,
        "padding": padding,
        "stride": stride,
        "dilation": dilation,
        "groups": groups,
        "together": together,
        "large": large,
    }[group](rng)


def plain(rng):
    """As many outputs as inputs and a square kernel first: there a swap of axes is an error of numbers."""
    return [
        layer(rng, (2, 3, 5, 6), 3, (3, 3)),
        layer(rng, (3, 2, 4, 5), 4, (2, 3)),
        layer(rng, (1, 4, 5, 4), 2, (1, 2)),
        layer(rng, (2, 1, 3, 3), 1, (3, 3)),
    ]


def padding(rng):
    return [
        layer(rng, (2, 2, 4, 5), 3, (3, 3), padding=(1, 2)),
        layer(rng, (1, 3, 5, 4), 2, (2, 3), padding=(0, 1)),
        layer(rng, (2, 2, 3, 4), 2, (3, 2), padding=(3, 0)),
        layer(rng, (2, 1, 4, 4), 2, (2, 2), padding=(2, 1)),
    ]


def stride(rng):
    """Rows or columns left over in some, none in others."""
    return [
        layer(rng, (2, 2, 6, 8), 3, (3, 3), stride=(2, 2)),
        layer(rng, (1, 2, 7, 6), 2, (3, 2), stride=(2, 1)),
        layer(rng, (2, 3, 6, 9), 2, (2, 3), stride=(1, 3)),
        layer(rng, (2, 1, 8, 5), 2, (1, 2), stride=(3, 2), padding=(1, 0)),
    ]


def dilation(rng):
    return [
        layer(rng, (2, 2, 7, 8), 3, (3, 3), dilation=(2, 2)),
        layer(rng, (1, 2, 6, 7), 2, (3, 2), dilation=(1, 3)),
        layer(rng, (2, 1, 8, 6), 2, (2, 3), dilation=(3, 1)),
        layer(rng, (2, 2, 6, 8), 2, (3, 3), dilation=(1, 2), padding=(1, 2)),
        layer(rng, (1, 1, 3, 3), 1, (2, 2), dilation=(2, 2)),
    ]


def groups(rng):
    """Two groups and three, and one group for each channel."""
    return [
        layer(rng, (2, 4, 5, 4), 4, (3, 2), groups=2),
        layer(rng, (2, 6, 4, 4), 3, (2, 2), groups=3),
        layer(rng, (1, 3, 5, 5), 6, (3, 3), groups=3),
        layer(rng, (2, 4, 4, 5), 6, (2, 3), groups=2),
        layer(rng, (1, 2, 2, 2), 2, (2, 2), groups=2),
    ]


def together(rng):
    return [
        layer(rng, (2, 4, 9, 8), 6, (3, 2), stride=(2, 3), padding=(2, 1), dilation=(2, 3), groups=2),
        layer(rng, (1, 3, 8, 10), 3, (2, 3), stride=(3, 2), padding=(1, 0), dilation=(3, 2), groups=3),
        layer(rng, (2, 2, 7, 7), 4, (3, 3), stride=(2, 1), padding=(0, 3), dilation=(1, 3)),
    ]


def large(rng):
    """Outputs enough that what is done once for each input pixel, such as indexing it, weighs little."""
    return [layer(rng, (1, 2, 128, 128), 24, (3, 3), padding=(1, 1))]


def layer(rng, shape, outputs, kernel, *, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    return {
        "x": rng.normal(size=shape),
        "weight": rng.normal(size=(outputs, shape[1] // groups, *kernel)),
        "bias": rng.normal(size=outputs),
        "stride": stride,
        "padding": padding,
        "dilation": dilation,
        "groups": groups,
    }
