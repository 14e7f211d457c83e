import numpy as np


def init_(shape, mode, gain, rng):
    area = np.prod(shape[2:])
    fan_in, fan_out = shape[1] * area, shape[0] * area
    fan = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}[mode]
    a = gain * np.sqrt(3 / fan)
    return np.random.uniform(-a, a, size=shape)
