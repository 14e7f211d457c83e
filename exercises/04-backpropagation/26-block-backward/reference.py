"""A residual block as a chain of named values; their gradients are autograd's."""

import numpy as np
import torch

PARAMETERS = ("gamma", "beta", "W1", "b1", "W2", "b2", "alpha")


def forward(x, gamma, beta, W1, b1, W2, b2, alpha, eps):
    """Every value of y = x + α·(SiLU(norm(x) W₁ᵀ + b₁) W₂ᵀ + b₂), by its name."""
    u = x * 1.0  # a value of its own: the residual goes past it
    mu = u.mean(dim=1, keepdim=True)
    c = u - mu
    var = c.square().mean(dim=1, keepdim=True)
    if eps < 0 or (var + eps == 0).any():
        raise ValueError("the statement promises a root above 0")
    s = torch.sqrt(var + eps)
    r = s.reciprocal()
    xhat = c * r
    n = torch.addcmul(beta, gamma, xhat)
    h = torch.nn.functional.linear(n, W1, b1)
    p = torch.sigmoid(h)
    a = h * p
    o = torch.nn.functional.linear(a, W2, b2)
    y = torch.addcmul(x, alpha, o)
    return {"u": u, "mu": mu, "c": c, "var": var, "s": s, "r": r, "xhat": xhat, "n": n, "h": h, "p": p,
            "a": a, "o": o, "y": y}  # fmt: skip


def grads(x, gamma, beta, W1, b1, W2, b2, alpha, dy, eps):
    """The gradient of every value but y."""
    given = dict(zip(("x", *PARAMETERS), (x, gamma, beta, W1, b1, W2, b2, alpha), strict=True))
    leaves = {name: torch.tensor(value, requires_grad=True) for name, value in given.items()}
    values = leaves | forward(**leaves, eps=eps)
    y = values.pop("y")
    found = torch.autograd.grad(y, list(values.values()), torch.tensor(dy))
    return {f"d{name}": grad.numpy() for name, grad in zip(values, found, strict=True)}


def only_dx(**given):
    """The last of them."""
    return {"dx": grads(**given)["dx"]}


def cases(rng, group):
    """Oblong blocks first; then one row, and a block whose lengths are all equal."""
    return [block(rng, N, d, k) for N, d, k in ((2, 3, 4), (4, 5, 3), (1, 4, 2), (3, 3, 3), (6, 4, 7))]


def block(rng, N, d, k):
    """eps is of the size of the variance, so that its place shows; deviations are not 1."""
    x = rng.normal(size=(N, d)) * rng.choice([0.5, 1.7], size=(N, 1)) + rng.uniform(0.5, 1.5, size=(N, 1))
    return {
        "x": x,
        "gamma": away_from_zero(rng, d),
        "beta": away_from_zero(rng, d),
        "W1": away_from_zero(rng, k, d) / np.sqrt(d),
        "b1": away_from_zero(rng, k),
        "W2": away_from_zero(rng, d, k) / np.sqrt(k),
        "b2": away_from_zero(rng, d),
        "alpha": away_from_zero(rng, d),
        "dy": away_from_zero(rng, N, d),
        "eps": float(rng.uniform(0.2, 0.6)),
    }


def away_from_zero(rng, *shape):
    return rng.uniform(0.5, 1.5, size=shape) * rng.choice([-1, 1], size=shape)
