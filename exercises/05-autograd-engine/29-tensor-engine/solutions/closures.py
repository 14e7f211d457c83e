import numpy as np


class Tensor:
    """Rules as closures that write into the operands; tensors are numbered as they are made."""

    __array_priority__ = 1000  # arrays on the left hand the operation over
    count = 0

    def __init__(self, data, parents=()):
        self.data = np.array(data, dtype=float)
        self.grad = np.zeros(self.data.shape)
        self.parents = parents
        self.rule = None
        self.number = Tensor.count
        Tensor.count += 1

    def receive(self, g):
        """Add g, which may be larger than this tensor by broadcasting."""
        while g.ndim > self.data.ndim:
            g = g.sum(0)
        for axis in range(g.ndim):
            if self.data.shape[axis] < g.shape[axis]:
                g = g.sum(axis, keepdims=True)
        self.grad += g

    def made(self, data, rule, *others):
        out = Tensor(data, (self, *others))
        out.rule = rule
        return out

    def __add__(self, other):
        other = lift(other)

        def rule(g):
            self.receive(g)
            other.receive(g)

        return self.made(self.data + other.data, rule, other)

    def __sub__(self, other):
        other = lift(other)

        def rule(g):
            self.receive(g)
            other.receive(-g)

        return self.made(self.data - other.data, rule, other)

    def __mul__(self, other):
        other = lift(other)

        def rule(g):
            self.receive(g * other.data)
            other.receive(g * self.data)

        return self.made(self.data * other.data, rule, other)

    def __truediv__(self, other):
        other = lift(other)
        q = self.data / other.data

        def rule(g):
            self.receive(g / other.data)
            other.receive(-g * q / other.data)

        return self.made(q, rule, other)

    def __matmul__(self, other):
        other = lift(other)

        def rule(g):
            self.receive(np.einsum("...ik,...jk->...ij", g, other.data))
            other.receive(np.einsum("...ki,...kj->...ij", self.data, g))

        return self.made(np.matmul(self.data, other.data), rule, other)

    def __radd__(self, other):
        return lift(other) + self

    def __rsub__(self, other):
        return lift(other) - self

    def __rmul__(self, other):
        return lift(other) * self

    def __rtruediv__(self, other):
        return lift(other) / self

    def __rmatmul__(self, other):
        return lift(other) @ self

    def __neg__(self):
        return self.made(-self.data, lambda g: self.receive(-g))

    def __pow__(self, n):
        return self.made(self.data**n, lambda g: self.receive(g * n * self.data ** (n - 1)))

    def exp(self):
        y = np.exp(self.data)
        return self.made(y, lambda g: self.receive(g * y))

    def log(self):
        return self.made(np.log(self.data), lambda g: self.receive(g / self.data))

    def tanh(self):
        y = np.tanh(self.data)
        return self.made(y, lambda g: self.receive(g - g * y**2))

    def relu(self):
        return self.made(np.where(self.data > 0, self.data, 0), lambda g: self.receive(np.where(self.data > 0, g, 0)))

    def sum(self, axis=None, keepdims=False):
        def rule(g):
            if axis is not None and not keepdims:
                g = np.expand_dims(g, axis)
            self.receive(g * np.ones(self.data.shape))

        return self.made(np.sum(self.data, axis=axis, keepdims=keepdims), rule)

    def mean(self, axis=None, keepdims=False):
        axes = range(self.data.ndim) if axis is None else (axis,) if isinstance(axis, int) else axis
        n = 1
        for a in axes:
            n *= self.data.shape[a]
        return self.sum(axis, keepdims) / n

    def max(self, axis, keepdims=False):
        top = self.data.max(axis, keepdims=True)
        hit = self.data == top

        def rule(g):
            self.receive(hit * (g if keepdims else np.expand_dims(g, axis)) / hit.sum(axis, keepdims=True))

        return self.made(top if keepdims else top.squeeze(axis), rule)

    def reshape(self, shape):
        return self.made(self.data.reshape(shape), lambda g: self.receive(g.reshape(self.data.shape)))

    def transpose(self):
        return self.made(self.data.T, lambda g: self.receive(g.T))

    def __getitem__(self, key):
        places = np.arange(self.data.size).reshape(self.data.shape)[key]

        def rule(g):
            n = self.data.size
            flat = np.bincount(np.ravel(places), weights=np.ravel(g), minlength=n)
            self.receive(flat.reshape(self.data.shape))

        return self.made(self.data[key], rule)

    def backward(self):
        found, todo = {self}, [self]
        while todo:
            for parent in todo.pop().parents:
                if parent not in found:
                    found.add(parent)
                    todo.append(parent)
        inner = sorted((t for t in found if t.rule), key=lambda t: -t.number)
        for t in inner:
            t.grad = np.zeros(t.data.shape)
        self.grad += 1
        for t in inner:
            t.rule(t.grad)


def lift(x):
    return x if isinstance(x, Tensor) else Tensor(x)
