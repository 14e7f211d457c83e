from collections import Counter

import numpy as np


class Tensor:
    """Two general operations, elementwise and linear; gradients live in a dict while the pass runs."""

    __array_ufunc__ = None

    def __init__(self, data, sources=(), vjp=None):
        self.data = np.asarray(data, dtype=np.float64)
        self.grad = np.zeros_like(self.data)
        self.sources = sources
        self.vjp = vjp

    @property
    def shape(self):
        return self.data.shape

    def _elementwise(self, y, *pairs):
        """pairs: an operand and the slope of y by it."""
        operands = tuple(operand for operand, _ in pairs)
        return Tensor(y, operands, lambda g: [fold(g * slope, operand.shape) for operand, slope in pairs])

    def _linear(self, y, adjoint):
        return Tensor(y, (self,), lambda g: [adjoint(g)])

    def __add__(self, other):
        b = wrap(other)
        return self._elementwise(self.data + b.data, (self, 1.0), (b, 1.0))

    def __sub__(self, other):
        b = wrap(other)
        return self._elementwise(self.data - b.data, (self, 1.0), (b, -1.0))

    def __mul__(self, other):
        b = wrap(other)
        return self._elementwise(self.data * b.data, (self, b.data), (b, self.data))

    def __truediv__(self, other):
        b = wrap(other)
        return self._elementwise(self.data / b.data, (self, 1 / b.data), (b, -self.data / b.data**2))

    def __pow__(self, n):
        return self._elementwise(self.data**n, (self, n * self.data ** (n - 1)))

    def __neg__(self):
        return self._elementwise(-self.data, (self, -1.0))

    def __matmul__(self, other):
        b = wrap(other)

        def vjp(g):
            at, bt = np.moveaxis(self.data, -1, -2), np.moveaxis(b.data, -1, -2)
            return [fold(g @ bt, self.shape), fold(at @ g, b.shape)]

        return Tensor(self.data @ b.data, (self, b), vjp)

    __radd__ = __add__
    __rmul__ = __mul__
    __rsub__ = lambda self, other: -self + other
    __rtruediv__ = lambda self, other: wrap(other) / self
    __rmatmul__ = lambda self, other: wrap(other) @ self

    def exp(self):
        return self._elementwise(np.exp(self.data), (self, np.exp(self.data)))

    def log(self):
        return self._elementwise(np.log(self.data), (self, 1 / self.data))

    def tanh(self):
        return self._elementwise(np.tanh(self.data), (self, np.cosh(self.data) ** -2.0))

    def relu(self):
        on = (self.data > 0).astype(float)
        return self._elementwise(self.data * on, (self, on))

    def sum(self, axis=None, keepdims=False):
        kept = self.data.sum(axis=axis, keepdims=True).shape
        return self._linear(
            self.data.sum(axis=axis, keepdims=keepdims),
            lambda g: g.reshape(kept) + np.zeros(self.shape),
        )

    def mean(self, axis=None, keepdims=False):
        y = self.data.mean(axis=axis, keepdims=keepdims)
        kept = self.data.mean(axis=axis, keepdims=True).shape
        n = self.data.size // y.size
        return self._linear(y, lambda g: g.reshape(kept) / n + np.zeros(self.shape))

    def max(self, axis, keepdims=False):
        first = self.data.argmax(axis)
        chosen = np.expand_dims(first, axis) == np.expand_dims(
            np.arange(self.shape[axis]), tuple(i for i in range(self.data.ndim) if i != axis % self.data.ndim)
        )
        return self._linear(
            self.data.max(axis=axis, keepdims=keepdims),
            lambda g: chosen * (g if keepdims else np.expand_dims(g, axis)),
        )

    def reshape(self, shape):
        return self._linear(self.data.reshape(shape), lambda g: g.reshape(self.shape))

    def transpose(self):
        return self._linear(self.data.T, lambda g: g.T)

    def __getitem__(self, key):
        def adjoint(g):
            full = np.zeros(self.shape)
            np.add.at(full, key, g)
            return full

        return self._linear(self.data[key], adjoint)

    def backward(self):
        users, stack, seen = Counter(), [self], {self}
        while stack:
            for source in stack.pop().sources:
                users[source] += 1
                if source not in seen:
                    seen.add(source)
                    stack.append(source)
        grads, ready = {self: np.ones_like(self.data)}, [self]
        while ready:
            t = ready.pop()
            g = grads.pop(t)
            if not t.sources:
                t.grad = t.grad + g
                continue
            for source, part in zip(t.sources, t.vjp(g)):
                grads[source] = grads[source] + part if source in grads else part
                users[source] -= 1
                if users[source] == 0:
                    ready.append(source)


def wrap(x):
    return x if isinstance(x, Tensor) else Tensor(x)


def fold(g, shape):
    """The sum of the copies that broadcasting made of an array of that shape."""
    g = np.asarray(g)
    padded = (1,) * (g.ndim - len(shape)) + tuple(shape)
    axes = tuple(i for i, n in enumerate(padded) if n == 1)
    return g.sum(axis=axes, keepdims=True).reshape(shape)
