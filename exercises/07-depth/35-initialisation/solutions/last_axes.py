import numpy as np


def init_(shape, mode, gain, rng):
    fan_in, fan_out = shape[-1], shape[-2]
    fan = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}[mode]
    a = gain * np.sqrt(3 / fan)
    return rng.uniform(-a, a, size=shape)
