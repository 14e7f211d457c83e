"""Batch normalisation from its definition in torch, differentiated by autograd."""

import numpy as np
import torch


def expected(x, gamma, beta, running_mean, running_var, dy, training, momentum, eps):
    x, gamma, beta = (torch.tensor(one, dtype=torch.float64, requires_grad=True) for one in (x, gamma, beta))
    values = x.transpose(0, 1).flatten(1).T  # (n, C), a column for each channel
    mean, var = torch.as_tensor(running_mean), torch.as_tensor(running_var)
    if training:
        mean, var = values.mean(dim=0), values.var(dim=0, correction=0)
    few = training and len(values) < 2
    if few or eps < 0 or (var + eps <= 0).any() or (running_var < 0).any() or not 0 <= momentum <= 1:
        raise ValueError("a variance, eps or momentum is not what the statement promises")
    channel = (1, -1, *[1] * (x.ndim - 2))
    xhat = (x - mean.reshape(channel)) / (var + eps).sqrt().reshape(channel)
    y = gamma.reshape(channel) * xhat + beta.reshape(channel)
    grads = torch.autograd.grad(y, (x, gamma, beta), torch.as_tensor(dy))
    if training:
        running_mean = running_mean + momentum * (mean.detach().numpy() - running_mean)
        running_var = running_var + momentum * (values.var(dim=0).detach().numpy() - running_var)
    return (y.detach().numpy(), *(one.numpy() for one in grads), running_mean, running_var)


ROWS = [(4, 3), (3, 3), (5, 2), (6, 4), (3, 1)]  # of two rows every x̂ is ±1
IMAGES = [(3, 3, 3, 3), (2, 3, 2, 4), (4, 2, 3, 1), (2, 1, 2, 3)]


def cases(rng, group):
    return {
        "rows": lambda: [settled(layer(rng, shape)) for shape in ROWS],
        "images": lambda: [settled(layer(rng, shape)) for shape in IMAGES],
        "small_variance": lambda: [settled(small(rng, shape)) for shape in (ROWS[0], ROWS[2], IMAGES[1])],
        "running": lambda: [moving(rng, shape) for shape in (ROWS[0], IMAGES[1], ROWS[2], IMAGES[2])],
        "evaluation": lambda: [evaluated(rng, shape) for shape in (ROWS[0], IMAGES[0], ROWS[2], IMAGES[1])],
        "far_from_zero": lambda: [far(rng, shape) for shape in (ROWS[3], IMAGES[1], ROWS[0])],
    }[group]()


def layer(rng, shape):
    """In training, with running statistics that have nothing to do with the batch."""
    C = shape[1]
    return {
        "x": spread(rng, shape, deviation(rng, C)) + per_channel(2 * rng.normal(size=C), shape),
        "gamma": rng.uniform(0.5, 2, size=C) * rng.choice([-1, 1], size=C),
        "beta": rng.uniform(0.5, 2, size=C) * rng.choice([-1, 1], size=C),
        "running_mean": rng.normal(size=C),
        "running_var": rng.choice([rng.uniform(0.3, 0.6), rng.uniform(2, 4)], size=C),
        "dy": rng.normal(size=shape),
        "training": True,
        "momentum": float(rng.uniform(0.1, 0.4)),
        "eps": 0.0,
    }


def settled(case):
    """Running statistics that are the batch's, and do not move: only output and gradients are in question."""
    axes = tuple(axis for axis in range(case["x"].ndim) if axis != 1)
    mean, var = case["x"].mean(axis=axes), case["x"].var(axis=axes, ddof=1)
    return {**case, "running_mean": mean, "running_var": var, "momentum": 0.0}


def small(rng, shape):
    """Variances from a tenth to ten times eps, where its place decides."""
    eps = float(10.0 ** rng.integers(-6, -3))
    scale = np.sqrt(eps * np.geomspace(0.1, 10, shape[1] + 2)[1:-1])
    return {**layer(rng, shape), "x": spread(rng, shape, scale), "eps": eps}


def moving(rng, shape):
    return {**layer(rng, shape), "eps": float(rng.uniform(0.01, 0.1))}


def evaluated(rng, shape):
    return {**layer(rng, shape), "training": False, "eps": float(rng.uniform(0.01, 0.1))}


def far(rng, shape):
    """Deviations that are not 1: E[x²] − E[x]² may be 1 by chance, all digits right."""
    C = shape[1]
    x = spread(rng, shape, deviation(rng, C)) + per_channel(rng.uniform(1e4, 2e4, size=C), shape)
    return {**layer(rng, shape), "x": x, "eps": 1e-5}


def deviation(rng, C):
    """Standard deviations that are not 1, where σ and σ² would be the same."""
    return rng.choice([rng.uniform(0.4, 0.7), rng.uniform(1.5, 2.5)], size=C)


def spread(rng, shape, scale):
    """Random channels whose standard deviation is `scale`."""
    axes = tuple(axis for axis in range(len(shape)) if axis != 1)
    x = rng.normal(size=shape)
    x -= x.mean(axis=axes, keepdims=True)
    return x / x.std(axis=axes, keepdims=True) * per_channel(scale, shape)


def per_channel(values, shape):
    return values.reshape(1, -1, *[1] * (len(shape) - 2))
