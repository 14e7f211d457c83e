"""The forward pass: a product of matrices, or of stacks of them."""


def forward(A, B):
    """C = A B, each pair of the stacks by itself."""
    return A @ B


def cases(rng, group):
    shapes = {
        "square": [((), 3, 3, 3), ((), 2, 2, 2), ((), 4, 4, 4)],
        "oblong": [((), 2, 3, 4), ((), 4, 2, 3), ((), 1, 3, 2), ((), 3, 1, 2), ((), 3, 2, 1), ((), 1, 1, 1)],
        "stack": [((3,), 3, 3, 3), ((2,), 3, 4, 5), ((1,), 2, 3, 2), ((4,), 1, 2, 3), ((2,), 2, 2, 2)],
        "two_leading_axes": [
            ((2, 2), 2, 2, 2),
            ((2, 3), 3, 2, 4),
            ((3, 1), 2, 4, 3),
            ((1, 2), 1, 3, 1),
            ((2, 1, 2), 2, 3, 2),
        ],
    }[group]
    return [product(rng, *shape) for shape in shapes]


def product(rng, leading, m, k, n):
    return {"A": rng.normal(size=(*leading, m, k)), "B": rng.normal(size=(*leading, k, n))}
