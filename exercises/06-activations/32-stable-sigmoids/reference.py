"""The four functions in torch, in float64; derivatives in forms that do not cancel."""

import numpy as np
import torch
from torch.nn import functional


def sigmoid_forward(x):
    return torch.sigmoid(x)


def tanh_forward(x):
    return torch.tanh(x)


def softplus_forward(x):
    return functional.softplus(x, threshold=40)


def logsigmoid_forward(x):
    return functional.logsigmoid(x)


def wide(x):
    return torch.as_tensor(x).to(torch.float64)


def sigmoid_expected(x):
    return sigmoid_forward(wide(x)).numpy()


def tanh_expected(x):
    return tanh_forward(wide(x)).numpy()


def softplus_expected(x):
    return softplus_forward(wide(x)).numpy()


def logsigmoid_expected(x):
    return logsigmoid_forward(wide(x)).numpy()


# autograd's σ(1 − σ) and 1 − tanh² cancel, in float64 too


def sigmoid_slope_expected(x, dy):
    return (wide(dy) * torch.sigmoid(wide(x)) * torch.sigmoid(-wide(x))).numpy()


def tanh_slope_expected(x, dy):
    return (wide(dy) / torch.cosh(wide(x)) ** 2).numpy()


def softplus_slope_expected(x, dy):
    return (wide(dy) * torch.sigmoid(wide(x))).numpy()


def logsigmoid_slope_expected(x, dy):
    return (wide(dy) * torch.sigmoid(-wide(x))).numpy()


TAILS = (5.0, 10.0, 20.0, 40.0, 80.0)
REACH = {
    "tanh_far": (1e-6, 1e-4, 1e-2, 1.0, 10.0),  # tanh has its small numbers near 0
    "tanh_backward_far": (2.5, 5.0, 10.0, 20.0, 40.0),  # as e^(−2|x|)
}
BEYOND = (200.0, 1e3, 1e4)


def cases(rng, group):
    if group == "near":
        return [{"x": x} for x in near(rng)]
    drawn = [both_signs(rng, REACH.get(group, TAILS)), both_signs(rng, BEYOND)]
    if group.endswith("_backward_far"):
        return [{"x": x, "dy": signed(rng, x.shape).astype(np.float32)} for x in drawn]
    return [{"x": x} for x in drawn]


def near(rng):
    """Arrays of one, two and three axes, of sizes where the formulas differ and nothing overflows, and 0."""
    shapes = [(5,), (12,), (4, 3), (2, 3, 4), (2, 1), (3,)]
    made = [signed(rng, shape) * rng.uniform(0.5, 2, size=shape) for shape in shapes]
    made[-1][1] = 0.0
    return made


def both_signs(rng, sizes):
    sizes = np.array(sizes) * rng.uniform(0.9, 1, size=len(sizes))
    return np.concatenate([-sizes, sizes]).astype(np.float32)


def signed(rng, shape):
    return rng.uniform(0.5, 2, size=shape) * rng.choice([-1, 1], size=shape)
