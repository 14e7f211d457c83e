import numpy as np


class Tensor:
    """An array that remembers what it was made of."""

    def __init__(self, data):
        self.data = np.asarray(data, dtype=np.float64)
        self.grad = np.zeros_like(self.data)

    def __add__(self, other):
        """self + other, broadcast; other is a tensor, an array or a number."""
        ...

    def __matmul__(self, other):
        """self @ other, both with two axes or more."""
        ...

    def sum(self, axis=None, keepdims=False):
        """The sum over an axis, several, or all."""
        ...

    # - * / ** and unary -, operands on the left, exp, log, tanh, relu,
    # mean, max, reshape, transpose and t[key] are due as well

    def backward(self):
        """Add the derivative of this number by every leaf to the leaf's grad."""
        ...


def unbroadcast(grad, shape):
    """grad, summed over the axes along which an array of that shape was copied."""
    ...
