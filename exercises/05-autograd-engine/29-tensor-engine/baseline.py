import numpy as np


class Tensor:
    """An array with the tensors it was made of, each with the rule for its gradient."""

    __array_ufunc__ = None  # an array on the left leaves the operation to the tensor

    def __init__(self, data, *sources):
        self.data = np.asarray(data, dtype=np.float64)
        self.grad = np.zeros_like(self.data)
        self.sources = sources

    # operators

    def __add__(self, other):
        other = as_tensor(other)
        return Tensor(
            self.data + other.data,
            (self, lambda g: unbroadcast(g, self.data.shape)),
            (other, lambda g: unbroadcast(g, other.data.shape)),
        )

    def __mul__(self, other):
        other = as_tensor(other)
        return Tensor(
            self.data * other.data,
            (self, lambda g: unbroadcast(g * other.data, self.data.shape)),
            (other, lambda g: unbroadcast(g * self.data, other.data.shape)),
        )

    def __matmul__(self, other):
        other = as_tensor(other)
        return Tensor(
            self.data @ other.data,
            (self, lambda g: unbroadcast(g @ other.data.swapaxes(-1, -2), self.data.shape)),
            (other, lambda g: unbroadcast(self.data.swapaxes(-1, -2) @ g, other.data.shape)),
        )

    def __pow__(self, n):
        return Tensor(self.data**n, (self, lambda g: g * n * self.data ** (n - 1)))

    def __neg__(self):
        return Tensor(-self.data, (self, np.negative))

    def __sub__(self, other):
        return self + (-as_tensor(other))

    def __truediv__(self, other):
        return self * as_tensor(other) ** -1

    def __rsub__(self, other):
        return as_tensor(other) - self

    def __rtruediv__(self, other):
        return as_tensor(other) / self

    def __rmatmul__(self, other):
        return as_tensor(other) @ self

    __radd__ = __add__
    __rmul__ = __mul__

    # functions

    def exp(self):
        y = np.exp(self.data)
        return Tensor(y, (self, lambda g: g * y))

    def log(self):
        return Tensor(np.log(self.data), (self, lambda g: g / self.data))

    def tanh(self):
        y = np.tanh(self.data)
        return Tensor(y, (self, lambda g: g * (1 - y * y)))

    def relu(self):
        return Tensor(np.maximum(self.data, 0), (self, lambda g: g * (self.data > 0)))

    # reductions

    def sum(self, axis=None, keepdims=False):
        y = self.data.sum(axis=axis, keepdims=True)
        shape = self.data.shape
        return Tensor(
            y if keepdims else y.reshape(self.data.sum(axis=axis).shape),
            (self, lambda g: np.broadcast_to(g.reshape(y.shape), shape)),
        )

    def mean(self, axis=None, keepdims=False):
        total = self.sum(axis, keepdims)
        return total * (total.data.size / self.data.size)

    def max(self, axis, keepdims=False):
        where = np.expand_dims(self.data.argmax(axis), axis)
        y = np.take_along_axis(self.data, where, axis)

        def back(g):
            full = np.zeros_like(self.data)
            np.put_along_axis(full, where, g.reshape(y.shape), axis)
            return full

        return Tensor(y if keepdims else y.squeeze(axis), (self, back))

    # the same numbers in another place

    def reshape(self, shape):
        return Tensor(self.data.reshape(shape), (self, lambda g: g.reshape(self.data.shape)))

    def transpose(self):
        return Tensor(self.data.T, (self, np.transpose))

    def __getitem__(self, key):
        def back(g):
            full = np.zeros_like(self.data)
            np.add.at(full, key, g)  # an index may be there twice
            return full

        return Tensor(self.data[key], (self, back))

    def backward(self):
        order = topological(self)
        for tensor in order:
            if tensor.sources:
                tensor.grad = np.zeros_like(tensor.data)
        self.grad = self.grad + 1.0
        for tensor in reversed(order):
            for source, back in tensor.sources:
                source.grad = source.grad + back(tensor.grad)


def as_tensor(x):
    return x if isinstance(x, Tensor) else Tensor(x)


def unbroadcast(grad, shape):
    """grad, summed over the axes along which an array of that shape was copied."""
    grad = grad.sum(axis=tuple(range(grad.ndim - len(shape))))
    stretched = tuple(axis for axis, n in enumerate(shape) if n == 1 and grad.shape[axis] != 1)
    return grad.sum(axis=stretched, keepdims=True)


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
