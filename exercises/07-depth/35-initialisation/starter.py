import numpy as np


def init_(shape, mode, gain, rng):
    """Return a new array of random starting weights, evenly distributed around 0.

    shape: (outputs, inputs) or (outputs, inputs, height, width)
    mode: "fan_in", "fan_out" or "fan_avg"
    gain: a positive float
    rng: a np.random.Generator; draw from nothing else
    """
    ...
