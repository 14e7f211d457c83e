"""Maps and losses in torch, whose products with a vector come from autograd."""

import numpy as np
import torch


class Map:
    """A function of an array, for NumPy outside and torch inside."""

    def __init__(self, function, *lines):
        self.function, self.lines = function, lines

    def __call__(self, x):
        return self.function(vector(x)).numpy()

    def as_python(self, name):
        return defined(name, self.lines)


class Gradient:
    """The gradient of a loss, which is a function of an array."""

    def __init__(self, loss, *lines):
        self.loss, self.lines = loss, lines

    def __call__(self, x):
        x = vector(x).requires_grad_()
        return torch.autograd.grad(self.loss(x), x)[0].numpy()

    def as_python(self, name):
        return defined(name, self.lines)


def vector(x):
    if np.iscomplexobj(x):
        raise TypeError("it takes real numbers")
    return torch.tensor(np.asarray(x, dtype=np.float64))


def defined(name, lines):
    return "\n    ".join([f"def {name}(x):", *lines])


def array(tensor):
    return f"np.array({tensor.tolist()})"


def jacobian_times(f, x, v):
    """J v, by autograd."""
    return torch.autograd.functional.jvp(f.function, vector(x), vector(v))[1].numpy()


def hessian_times(grad, x, v):
    """H v, by autograd, twice."""
    return torch.autograd.functional.hvp(grad.loss, vector(x), vector(v))[1].numpy()


polar = Map(
    lambda x: torch.stack([x[0] * torch.cos(x[1]), x[0] * torch.sin(x[1])]),
    "return np.array([x[0] * np.cos(x[1]), x[0] * np.sin(x[1])])",
)
saddle = Gradient(
    lambda x: x[0] ** 2 * x[1] - x[1] ** 2,
    "return np.array([2 * x[0] * x[1], x[0]**2 - 2 * x[1]])",
)


def cases(rng, group):
    makers = {
        "jvp_smooth": lambda: [smooth_map(rng, m, n) for m, n in SHAPES] + [one_axis(smooth_map(rng, 2, 3))],
        "jvp_quadratic": lambda: [quadratic_map(rng, m, n) for m, n in SHAPES[:4]],
        "jvp_lengths": lambda: lengths([smooth_map(rng, m, n) for m, n in SHAPES[:6]]),
        "jvp_large": lambda: [smooth_map(rng, m, n) for m, n in [(4, 5), (3, 8), (2, 12)]],
        "hvp_smooth": lambda: [smooth_loss(rng, n) for n in (2, 3, 1, 5)] + [one_axis(smooth_loss(rng, 3))],
        "hvp_cubic": lambda: [cubic_loss(rng, n) for n in (2, 3, 1)],
        "hvp_lengths": lambda: lengths([smooth_loss(rng, n) for n in (2, 4, 3, 2, 1, 3)]),
        "hvp_large": lambda: [smooth_loss(rng, n) for n in (5, 8, 12)],
    }
    return makers[group]()


SHAPES = [(3, 3), (2, 4), (4, 2), (1, 3), (3, 1), (1, 1), (6, 5)]  # (m, n)
STEEP = 1e4  # second derivative along a line, where the first is about 1


def smooth_map(rng, m, n):
    """U tanh(W x + c) + P x."""
    W, c, U, P = spread(rng, 4, n), spread(rng, 4), spread(rng, m, 4), spread(rng, m, n)
    f = Map(
        lambda x: U @ torch.tanh(W @ x + c) + P @ x,
        f"U = {array(U)}",
        f"W = {array(W)}",
        f"P = {array(P)}",
        f"return U @ np.tanh(W @ x + {array(c)}) + P @ x",
    )
    return {"f": f, **place(rng, n)}


def quadratic_map(rng, m, n):
    """½ STEEP (w·d)² + P d, with d = x − x₀, at x₀ itself."""
    w, P, at = spread(rng, m, n), spread(rng, m, n), place(rng, n)
    start = torch.tensor(at["x"])

    def function(x):
        d = x.reshape(start.shape) - start
        return 0.5 * STEEP * (w @ d) ** 2 + P @ d

    f = Map(
        function,
        f"w = {array(w)}",
        f"P = {array(P)}",
        f"d = x - {array(start)}",
        f"return {0.5 * STEEP} * (w @ d)**2 + P @ d",
    )
    return {"f": f, **at}


def smooth_loss(rng, n):
    """Σ log cosh(W x + c) + ½ xᵀ A x + xᵀ b."""
    W, c, A, b = spread(rng, 4, n), spread(rng, 4), symmetric(rng, n), spread(rng, n)
    grad = Gradient(
        lambda x: torch.log(torch.cosh(W @ x + c)).sum() + 0.5 * x @ A @ x + b @ x,
        f"W = {array(W)}",
        f"A = {array(A)}",
        f"return W.T @ np.tanh(W @ x + {array(c)}) + A @ x + {array(b)}",
    )
    return {"grad": grad, **place(rng, n)}


def cubic_loss(rng, n):
    """⅙ STEEP Σ (w·d)³ + ½ dᵀ A d + bᵀ d, with d = x − x₀, at x₀ itself."""
    w, A, b, at = spread(rng, 2, n), symmetric(rng, n), spread(rng, n), place(rng, n)
    start = torch.tensor(at["x"])

    def loss(x):
        d = x.reshape(start.shape) - start
        return STEEP / 6 * ((w @ d) ** 3).sum() + 0.5 * d @ A @ d + b @ d

    grad = Gradient(
        loss,
        f"w = {array(w)}",
        f"A = {array(A)}",
        f"d = x - {array(start)}",
        f"return w.T @ ({STEEP / 2} * (w @ d)**2) + A @ d + {array(b)}",
    )
    return {"grad": grad, **at}


def lengths(made):
    """The same places with long, short and no directions."""
    for case, length in zip(made, (1e6, 1e-6, 1e3, 0.0, 1e-4, 0.2)):
        case["v"] = case["v"] * length
    return made


def one_axis(case):
    """The same place with a direction along one axis, downwards: its largest entry is 0."""
    case["v"] = -np.abs(case["v"]) * (np.arange(case["v"].size) == 1)
    return case


def place(rng, n):
    return {"x": sized(rng, n), "v": sized(rng, n)}


def spread(rng, *shape):
    return torch.tensor((rng.normal(size=shape) / np.sqrt(shape[-1])).round(2))


def symmetric(rng, n):
    A = spread(rng, n, n)
    return torch.round((A + A.T) / 2, decimals=2)


def sized(rng, n):
    """Entries of size 0.5 to 2, so that none can hide."""
    return rng.uniform(0.5, 2, size=n).round(2) * rng.choice([-1, 1], size=n)
