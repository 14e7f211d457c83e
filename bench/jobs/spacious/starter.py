import numpy as np


def work(x):
    raise NotImplementedError
