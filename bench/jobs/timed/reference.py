import numpy as np


def cases(rng, group):
    return [{"x": rng.normal(size=5000)}]


def expected(x):
    return np.tanh(x)
