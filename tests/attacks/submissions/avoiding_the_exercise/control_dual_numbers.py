# tries: nothing: a right gradient by the student's own forward mode
# item: control: own autograd
# outcome: passed
# exercise: linear_backward
import numpy as np


class Dual:
    def __init__(self, value, slope):
        self.value, self.slope = value, slope

    def __add__(self, other):
        return Dual(self.value + other.value, self.slope + other.slope)

    def __mul__(self, other):
        return Dual(self.value * other.value, self.slope * other.value + self.value * other.slope)


def linear_backward(x, W, dy):
    def slopes(a, f):
        gradient = np.zeros_like(a)
        for index in np.ndindex(a.shape):
            direction = np.zeros_like(a)
            direction[index] = 1.0
            gradient[index] = (f(Dual(a, direction)).slope * dy).sum()
        return gradient

    def layer(x, W, b):
        product = Dual(x.value[..., None, :], x.slope[..., None, :]) * W
        return Dual(product.value.sum(-1), product.slope.sum(-1)) + b

    def constant(a):
        return Dual(a, np.zeros_like(a))

    b = np.zeros(W.shape[0])
    return (
        slopes(x, lambda a: layer(a, constant(W), constant(b))),
        slopes(W, lambda a: layer(constant(x), a, constant(b))),
        slopes(b, lambda a: layer(constant(x), constant(W), a)),
    )
