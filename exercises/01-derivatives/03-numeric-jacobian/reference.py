"""Maps in torch, whose Jacobians come from autograd."""

import numpy as np
import torch

STEEP = 1e4  # second derivative along a line, where the first is about 1


class Map:
    """A function of an array, for NumPy outside and torch inside; a result without axes is a float."""

    def __init__(self, function, *lines):
        self.function, self.lines = function, lines

    def __call__(self, x):
        y = self.function(vector(x)).numpy()
        return y if y.ndim else float(y)

    def as_python(self, name):
        return "\n    ".join([f"def {name}(x):", *self.lines])


def vector(x):
    return torch.tensor(np.asarray(x, dtype=np.float64))


def jacobian(f, x):
    """∂fᵢ/∂xⱼ by autograd, with two axes."""
    x = vector(x)
    J = torch.autograd.functional.jacobian(f.function, x)
    return J.reshape(-1, x.numel()).numpy()


def array(tensor):
    return f"np.array({tensor.tolist()})" if tensor.ndim else f"{tensor.item()}"


three_outputs = Map(
    lambda x: torch.stack([x[0] * x[1], x[0] ** 2, 3 * x[1]]),
    "return np.array([x[0] * x[1], x[0]**2, 3 * x[1]])",
)
product = Map(lambda x: x[0] * x[1], "return x[0] * x[1]")


def cases(rng, group):
    makers = {
        "linear": lambda: [*(linear(rng, m, n) for m, n in ((3, 2), (2, 4), (3, 3))), linear(rng, 2, 3, 1e6)],
        "curved": lambda: [curved(rng, m, n) for m, n in ((2, 3), (4, 2), (3, 3))],
        "zeros": lambda: [with_zeros(smooth(rng, m, n)) for m, n in ((2, 3), (3, 2))],
        "ones": lambda: [smooth(rng, 1, 3), smooth(rng, 3, 1), smooth(rng, 1, 1)],
        "numbers": lambda: [
            number_out(rng, 3),
            number_in(rng, 3),
            number_in_and_out(rng),
            number_out(rng, 1),
        ],
        "whole": lambda: [whole(smooth(rng, m, n), rng) for m, n in ((2, 3), (3, 2))],
        "growing": lambda: [smooth(rng, n, n) for n in (4, 8, 16, 32)],
    }
    return makers[group]()


def linear(rng, m, n, size=1.0):
    """A x + b, where the Jacobian is A and central differences have no truncation error.

    With a large A a slope of h² A is not taken for 0.
    """
    A, b = size * sized(rng, m, n), size * sized(rng, m)
    return {"f": Map(lambda x: A @ x + b, f"return {array(A)} @ x + {array(b)}"), "x": sized(rng, n).numpy()}


def curved(rng, m, n):
    """½ STEEP (w·d)² + A d, with d = x − x₀, at x₀ itself."""
    w, A, start = sized(rng, m, n), sized(rng, m, n), sized(rng, n)

    def function(x):
        d = x.reshape(start.shape) - start
        return 0.5 * STEEP * (w @ d) ** 2 + A @ d

    f = Map(
        function,
        f"w = {array(w)}",
        f"A = {array(A)}",
        f"d = x - {array(start)}",
        f"return {0.5 * STEEP} * (w @ d)**2 + A @ d",
    )
    return {"f": f, "x": start.numpy().copy()}


def smooth(rng, m, n):
    """U tanh(W x + c) + A x."""
    W, c, U, A = spread(rng, 4, n), spread(rng, 4), spread(rng, m, 4), sized(rng, m, n)
    f = Map(
        lambda x: U @ torch.tanh(W @ x + c) + A @ x,
        f"U = {array(U)}",
        f"W = {array(W)}",
        f"A = {array(A)}",
        f"return U @ np.tanh(W @ x + {array(c)}) + A @ x",
    )
    return {"f": f, "x": sized(rng, n).numpy()}


def with_zeros(case):
    case["x"][::2] = 0.0
    return case


def number_out(rng, n):
    w, a = spread(rng, n), sized(rng, n)
    f = Map(lambda x: torch.sin(w @ x) + a @ x, f"return np.sin({array(w)} @ x) + {array(a)} @ x")
    return {"f": f, "x": sized(rng, n).numpy()}


def number_in(rng, m):
    w, a = sized(rng, m), sized(rng, m)
    f = Map(lambda x: torch.sin(w * x) + a * x, f"return np.sin({array(w)} * x) + {array(a)} * x")
    return {"f": f, "x": np.array(rng.uniform(0.5, 2))}


def number_in_and_out(rng):
    w, a = sized(rng), sized(rng)
    f = Map(lambda x: torch.sin(w * x) + a * x, f"return np.sin({array(w)} * x) + {array(a)} * x")
    return {"f": f, "x": np.array(rng.uniform(0.5, 2))}


def whole(case, rng):
    case["x"] = rng.integers(-3, 4, size=case["x"].shape)
    return case


def spread(rng, *shape):
    return torch.tensor((rng.normal(size=shape) / np.sqrt(shape[-1])).round(2))


def sized(rng, *shape):
    """Entries of size 0.5 to 2, so that none can hide."""
    return torch.tensor(np.round(rng.uniform(0.5, 2, size=shape), 2) * rng.choice([-1, 1], size=shape))
