import numpy as np

AMOUNT = 40


def work(x):
    for _ in range(AMOUNT):
        y = np.tanh(x)
    return y
