"""The forward pass of a linear layer."""


def forward(x, W, b):
    """y = x Wᵀ + b along the last axis."""
    return x @ W.T + b


def cases(rng, group):
    shapes = {
        "square": [((4,), 3, 3), ((2,), 2, 2), ((6,), 4, 4), ((3,), 5, 5)],
        "oblong": [((5,), 4, 2), ((3,), 2, 5), ((1,), 3, 2), ((7,), 1, 4), ((4,), 6, 1)],
        "three_axes": [((2, 3), 4, 5), ((3, 3), 3, 3), ((1, 4), 5, 2), ((4, 1), 2, 3), ((2, 5), 1, 1)],
    }[group]
    return [layer(rng, leading, n, m) for leading, n, m in shapes]


def layer(rng, leading, n, m):
    return {"x": rng.normal(size=(*leading, n)), "W": rng.normal(size=(m, n)), "b": rng.normal(size=m)}
