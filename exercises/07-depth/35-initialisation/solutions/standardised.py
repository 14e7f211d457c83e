import numpy as np


def init_(shape, mode, gain, rng):
    receptive = int(np.prod(shape)) // (shape[0] * shape[1])
    fans = []
    if mode in ("fan_in", "fan_avg"):
        fans.append(shape[1] * receptive)
    if mode in ("fan_out", "fan_avg"):
        fans.append(shape[0] * receptive)
    std = gain / np.sqrt(np.mean(fans))
    standard = (2 * rng.beta(1, 1, size=shape) - 1) * np.sqrt(3)
    return std * standard
