"""The forward pass of layer normalisation."""

import numpy as np


def forward(x, gamma, beta, eps):
    """y = γ (x − μ)/√(σ² + ε) + β, each row of x by itself."""
    centred = x - x.mean(dim=-1, keepdim=True)  # (N, d)
    variance = (centred**2).mean(dim=-1, keepdim=True)  # (N, 1)
    if eps < 0 or (variance + eps == 0).any():
        raise ValueError("the statement promises a root above 0")
    return gamma * centred / (variance + eps).sqrt() + beta


def cases(rng, group):
    return {"general": general, "small_variance": small_variance, "far_from_zero": far_from_zero}[group](rng)


def general(rng):
    shapes = [(1, 4), (3, 4), (5, 5), (4, 4), (2, 7), (6, 9)]
    rows = [spread(rng, N, d, deviation(rng, N)) + rng.normal(size=(N, 1)) for N, d in shapes]
    return [normalised(rng, x, 0.0) for x in rows]


def small_variance(rng):
    """Variances from a tenth to ten times eps, where its place decides."""
    settings = [(1, 4, 1e-6), (3, 5, 1e-6), (4, 4, 1e-5), (2, 6, 1e-4), (5, 8, 1e-3)]
    cases_ = []
    for N, d, eps in settings:
        scale = np.sqrt(eps * np.geomspace(0.1, 10, N + 2)[1:-1, np.newaxis])  # (N, 1)
        cases_.append(normalised(rng, spread(rng, N, d, scale), eps))
    return cases_


def far_from_zero(rng):
    shapes = [(2, 6), (3, 8), (4, 12)]
    return [normalised(rng, spread(rng, N, d, 1.0) + rng.uniform(1e4, 2e4), 1e-5) for N, d in shapes]


def deviation(rng, N):
    """Standard deviations that are not 1, where σ and σ² would be the same."""
    return rng.choice([rng.uniform(0.4, 0.7), rng.uniform(1.5, 2.5)], size=(N, 1))


def spread(rng, N, d, scale):
    """Random rows whose standard deviation is `scale`."""
    x = rng.normal(size=(N, d))
    x -= x.mean(axis=-1, keepdims=True)
    return x / x.std(axis=-1, keepdims=True) * scale


def normalised(rng, x, eps):
    d = x.shape[-1]
    gamma = rng.uniform(0.5, 2, size=d) * rng.choice([-1, 1], size=d)
    return {"x": x, "gamma": gamma, "beta": rng.normal(size=d), "eps": eps}
