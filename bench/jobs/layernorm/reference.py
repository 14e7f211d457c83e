"""The forward pass of layer normalisation; its gradient is autograd's."""

import torch

CASES = 20


def forward(x, gamma, beta, eps):
    centred = x - x.mean(dim=-1, keepdim=True)
    variance = (centred**2).mean(dim=-1, keepdim=True)
    return gamma * centred / (variance + eps).sqrt() + beta


def cases(rng, group):
    return [case(rng) for _ in range(CASES)]


def case(rng):
    x, gamma, beta = (torch.from_numpy(rng.normal(size=shape)) for shape in ((8, 16), (16,), (16,)))
    return {"x": x, "gamma": gamma, "beta": beta, "eps": 1e-5}
