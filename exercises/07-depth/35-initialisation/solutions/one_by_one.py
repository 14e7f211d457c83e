import math

import numpy as np


def init_(shape, mode, gain, rng):
    outputs, inputs, *kernel = shape
    fan_in, fan_out = inputs * math.prod(kernel), outputs * math.prod(kernel)
    if mode == "fan_in":
        variance = gain**2 / fan_in
    elif mode == "fan_out":
        variance = gain**2 / fan_out
    else:
        variance = 2 * gain**2 / (fan_in + fan_out)
    width = math.sqrt(12 * variance)
    count = math.prod(shape)
    return np.array([width * (rng.random() - 0.5) for _ in range(count)]).reshape(shape)
