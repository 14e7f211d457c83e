import numpy as np


def init_(shape, mode, gain, rng):
    area = np.prod(shape[2:])
    fan_in, fan_out = shape[1] * area, shape[0] * area
    fan = np.prod(shape)
    a = gain * np.sqrt(3 / fan)
    return rng.uniform(-a, a, size=shape)
