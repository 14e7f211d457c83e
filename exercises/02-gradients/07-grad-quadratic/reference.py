"""A quadratic, and its gradient by autograd."""

import numpy as np
import torch


def gradient(A, b, x):
    """The gradient of ½ xᵀ A x − bᵀ x, which autograd takes from the value alone."""
    A, b, x = (torch.as_tensor(one, dtype=torch.float64) for one in (A, b, x))
    x.requires_grad_()
    value = 0.5 * torch.einsum("i,ij,j->", x, A, x) - torch.dot(b, x)
    return torch.autograd.grad(value, x)[0].numpy()


def cases(rng, group):
    makers = {
        "general": lambda: [quadratic(rng, rng.normal(size=(n, n))) for n in (3, 2, 4, 6)],
        "symmetric": lambda: [quadratic(rng, symmetric(rng, n)) for n in (2, 3, 5)],
        "antisymmetric": lambda: [quadratic(rng, antisymmetric(rng, n)) for n in (2, 3, 4)],
        "edges": lambda: [quadratic(rng, rng.normal(size=(1, 1))), at_zero(rng, 3), *triangular(rng, 3)],
    }
    return makers[group]()


def quadratic(rng, A):
    """Entries of b and x of size 0.5 to 2, so that no term can hide."""
    return {"A": A, "b": sized(rng, len(A)), "x": sized(rng, len(A))}


def at_zero(rng, n):
    return {**quadratic(rng, rng.normal(size=(n, n))), "x": np.zeros(n)}


def triangular(rng, n):
    A = rng.normal(size=(n, n))
    return [quadratic(rng, np.triu(A)), quadratic(rng, np.tril(A))]


def symmetric(rng, n):
    A = rng.normal(size=(n, n))
    return A + A.T


def antisymmetric(rng, n):
    A = rng.normal(size=(n, n))
    return A - A.T


def sized(rng, n):
    return rng.uniform(0.5, 2, size=n) * rng.choice([-1, 1], size=n)
