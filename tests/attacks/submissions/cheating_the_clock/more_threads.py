# tries: spread the work over more threads than there are
# item: more threads than allowed
# outcome: process_limit
# exercise: gelu_silu
from concurrent.futures import ThreadPoolExecutor

import numpy as np


def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def right(x, beta, dy):
    s = sigmoid(beta * x)
    slope = s * (1 - s)
    return dy * (s + beta * x * slope), np.sum(dy * x * x * slope)


def silu_backward(x, beta, dy):
    with ThreadPoolExecutor(8) as pool:
        parts = list(pool.map(right, np.split(x, 8), [beta] * 8, np.split(dy, 8)))
    return np.concatenate([dx for dx, _ in parts]), sum(dbeta for _, dbeta in parts)
