import math

import numpy as np


def elementwise(f):
    def on_arrays(x, *dy):
        y = np.array([f(float(value)) for value in x.ravel()]).reshape(x.shape)
        return y * dy[0] if dy else y

    return on_arrays


def s(x):
    if x < 0:
        return math.exp(x) / (1 + math.exp(x))
    return 1 / (1 + math.exp(-x))


def plus(x):
    return x + plus(-x) if x > 0 else math.log1p(math.exp(x))


sigmoid = elementwise(s)
sigmoid_backward = elementwise(lambda x: s(x) * s(-x))
tanh = elementwise(math.tanh)
tanh_backward = elementwise(lambda x: (2 * math.exp(-abs(x)) / (1 + math.exp(-2 * abs(x)))) ** 2)
softplus = elementwise(plus)
softplus_backward = elementwise(s)
logsigmoid = elementwise(lambda x: -plus(-x))
logsigmoid_backward = elementwise(lambda x: s(-x))
