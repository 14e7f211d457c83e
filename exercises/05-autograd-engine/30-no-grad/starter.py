import numpy as np


class Tensor:
    """An array that remembers what it was made of."""

    def __init__(self, data):
        self.data = np.asarray(data, dtype=np.float64)
        self.grad = np.zeros_like(self.data)
        self.sources = ()  # what it was made of, each with the rule for its share of the gradient

    def __add__(self, other):
        if isinstance(other, Tensor):
            return made(self.data + other.data, (self, times(1.0)), (other, times(1.0)))
        return made(self.data + other, (self, times(1.0)))

    def __mul__(self, other):
        if isinstance(other, Tensor):
            return made(self.data * other.data, (self, times(other.data)), (other, times(self.data)))
        return made(self.data * other, (self, times(other)))

    def tanh(self):
        y = np.tanh(self.data)
        return made(y, (self, lambda g: g * (1 - y * y)))

    def sum(self):
        shape = self.data.shape
        return made(self.data.sum(), (self, lambda g: np.full(shape, g)))

    def detach(self):
        """A new leaf with the same data and no past."""
        ...

    def backward(self):
        """Add the derivative of this number by every leaf to the leaf's grad, and let the graph go."""
        order = topological(self)
        for tensor in order:
            if tensor.sources:
                tensor.grad = np.zeros_like(tensor.data)
        self.grad = self.grad + 1.0
        for tensor in reversed(order):
            for source, rule in tensor.sources:
                source.grad = source.grad + rule(tensor.grad)


class no_grad:
    """`with no_grad():` is a block in which results have no past."""

    ...


def made(data, *sources):
    """The result of an operation."""
    result = Tensor(data)
    result.sources = sources
    return result


def times(factor):
    """The rule of an operand that is multiplied by a constant factor."""
    return lambda g: g * factor


def topological(root):
    """Every tensor after those it was made of."""
    order, seen, stack = [], set(), [(root, False)]
    while stack:
        tensor, is_done = stack.pop()
        if is_done:
            order.append(tensor)
        elif tensor not in seen:
            seen.add(tensor)
            stack.append((tensor, True))
            stack += [(source, False) for source, _ in tensor.sources]
    return order
