"""The three activations in torch; at the kink the slope halfway between left and right."""

import numpy as np
import torch
from torch.nn import functional


def relu_forward(x):
    refuse_kinks(x)
    return torch.relu(x)


def leaky_relu_forward(x, negative_slope):
    refuse_kinks(x)
    return functional.leaky_relu(x, negative_slope)


def refuse_kinks(x):
    """A slope is asked for where more than one is right."""
    if x.requires_grad and (x == 0).any():
        raise ValueError("x is at the kink")


def elu_forward(x, alpha):
    refuse_kinks(x)
    refuse_unless_positive(alpha)
    return functional.elu(x, alpha)


def refuse_unless_positive(alpha):
    if alpha <= 0:
        raise ValueError("alpha is not positive")


def relu_expected(x):
    return relu_forward(torch.as_tensor(x)).numpy()


def leaky_relu_expected(x, negative_slope):
    return leaky_relu_forward(torch.as_tensor(x), negative_slope).numpy()


def elu_expected(x, alpha):
    refuse_unless_positive(alpha)
    x = torch.as_tensor(x)
    return torch.where(x > 0, x, alpha * torch.expm1(x.clamp(max=0))).numpy()


def relu_kink(x, dy):
    return dy * halfway(x, np.zeros_like(x))


def leaky_relu_kink(x, dy, negative_slope):
    return dy * halfway(x, np.full_like(x, negative_slope))


def elu_kink(x, dy, alpha):
    refuse_unless_positive(alpha)
    return dy * halfway(x, alpha * np.exp(np.minimum(x, 0)))


def halfway(x, left):
    """The slope `left` below 0, 1 above, and their mean at 0."""
    return np.select([x < 0, x > 0], [left, 1.0], default=(1 + left) / 2)


def cases(rng, group):
    if group.endswith("_two"):  # enough to see whether they are left as they were
        return cases(rng, group.removesuffix("_two"))[:2]
    makers = {
        "relu": lambda: [{"x": x} for x in off_the_kink(rng)],
        "leaky_relu": lambda: [{"x": x, "negative_slope": small(rng)} for x in off_the_kink(rng)],
        "elu": lambda: [{"x": x, "alpha": scale(rng)} for x in off_the_kink(rng)],
        "leaky_relu_slopes": lambda: [
            {"x": x, "negative_slope": slope}
            for x, slope in zip(off_the_kink(rng), (1.5, -0.3, -1.2, 2.5, 1.2), strict=True)
        ],
        "elu_far": lambda: [{"x": far(rng), "alpha": scale(rng)} for _ in range(2)],
        "elu_close": lambda: [{"x": close(rng), "alpha": scale(rng)} for _ in range(2)],
        "relu_kink": lambda: [on_the_kink(rng)],
        "leaky_relu_kink": lambda: [{**on_the_kink(rng), "negative_slope": 0.2}],
        "elu_kink": lambda: [{**on_the_kink(rng), "alpha": 0.2}],
    }
    return makers[group]()


def off_the_kink(rng):
    """Arrays with one, two and three axes; sizes from 0.2 to 3, so that slopes and values differ."""
    shapes = [(5,), (12,), (4, 3), (2, 3, 4), (2, 1)]
    return [both_sides(rng, rng.uniform(0.2, 3, size=shape)) for shape in shapes]


def both_sides(rng, sizes):
    """Signs drawn anew until there are both."""
    while True:
        signs = rng.choice([-1, 1], size=sizes.shape)
        if -sizes.size < signs.sum() < sizes.size:
            return sizes * signs


def far(rng):
    sizes = np.array([60.0, 300.0, 720.0, 2e3]) * rng.uniform(1, 1.2, size=4)
    return np.concatenate([-sizes, [-1.0, 1.0], sizes])


def close(rng):
    return both_sides(rng, np.array([1e-12, 1e-9, 1e-6, 1e-5, 1e-4, 1e-3]) * rng.uniform(1, 2, size=6))


def on_the_kink(rng):
    """0 with an upstream gradient of 1, among others whose upstream gradient is large."""
    x = np.insert(off_the_kink(rng)[1], [2, 7], 0.0)
    large = both_sides(rng, rng.uniform(3e4, 5e4, size=x.shape))
    return {"x": x, "dy": np.where(x == 0, 1.0, large)}


def small(rng):
    return float(rng.uniform(0.05, 0.4))


def scale(rng):
    """Not 1, where alpha, its square and its inverse are the same."""
    return float(rng.choice([rng.uniform(0.4, 0.7), rng.uniform(1.4, 1.8)]))
