import math


class Value:
    """A number that remembers what it was made of."""

    def __init__(self, data):
        self.data = data
        self.grad = 0.0

    def __add__(self, other):
        """self + other; other is a value or a number."""
        ...

    def __mul__(self, other):
        """self * other; other is a value or a number."""
        ...

    # - / ** and unary -, numbers on the left, exp, log, tanh and relu are due as well

    def backward(self):
        """Add the derivative of this value by every leaf to the leaf's grad."""
        ...
