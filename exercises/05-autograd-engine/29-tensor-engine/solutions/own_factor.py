import numpy as np


class Tensor:
    __array_ufunc__ = None

    def __init__(self, data, parents=()):
        self.data = np.asarray(data, dtype=np.float64)
        self.grad = np.zeros_like(self.data)
        self.parents = parents
        self._backward = lambda: None

    def _add(self, g):
        self.grad = self.grad + unbroadcast(g, self.data.shape)

    def __add__(self, other):
        other = other if isinstance(other, Tensor) else Tensor(other)
        out = Tensor(self.data + other.data, (self, other))

        def _backward():
            self._add(out.grad)
            other._add(out.grad)

        out._backward = _backward
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Tensor) else Tensor(other)
        out = Tensor(self.data * other.data, (self, other))

        def _backward():
            self._add(self.data * out.grad)
            other._add(other.data * out.grad)

        out._backward = _backward
        return out

    def __sub__(self, other):
        other = other if isinstance(other, Tensor) else Tensor(other)
        out = Tensor(self.data - other.data, (self, other))

        def _backward():
            self._add(out.grad)
            other._add(-out.grad)

        out._backward = _backward
        return out

    def __truediv__(self, other):
        other = other if isinstance(other, Tensor) else Tensor(other)
        out = Tensor(self.data / other.data, (self, other))

        def _backward():
            self._add(out.grad / other.data)
            other._add(-out.grad * self.data / other.data**2)

        out._backward = _backward
        return out

    def __matmul__(self, other):
        other = other if isinstance(other, Tensor) else Tensor(other)
        out = Tensor(self.data @ other.data, (self, other))

        def _backward():
            self._add(out.grad @ np.swapaxes(other.data, -1, -2))
            other._add(np.swapaxes(self.data, -1, -2) @ out.grad)

        out._backward = _backward
        return out

    def __pow__(self, n):
        out = Tensor(self.data**n, (self,))

        def _backward():
            self._add(n * self.data ** (n - 1) * out.grad)

        out._backward = _backward
        return out

    def __neg__(self):
        return self * -1.0

    def __radd__(self, other):
        return Tensor(other) + self

    def __rmul__(self, other):
        return Tensor(other) * self

    def __rsub__(self, other):
        return Tensor(other) - self

    def __rtruediv__(self, other):
        return Tensor(other) / self

    def __rmatmul__(self, other):
        return Tensor(other) @ self

    def exp(self):
        out = Tensor(np.exp(self.data), (self,))

        def _backward():
            self._add(out.data * out.grad)

        out._backward = _backward
        return out

    def log(self):
        out = Tensor(np.log(self.data), (self,))

        def _backward():
            self._add(out.grad / self.data)

        out._backward = _backward
        return out

    def tanh(self):
        out = Tensor(np.tanh(self.data), (self,))

        def _backward():
            self._add((1 - out.data**2) * out.grad)

        out._backward = _backward
        return out

    def relu(self):
        out = Tensor(np.maximum(self.data, 0), (self,))

        def _backward():
            self._add((self.data > 0) * out.grad)

        out._backward = _backward
        return out

    def sum(self, axis=None, keepdims=False):
        out = Tensor(self.data.sum(axis=axis, keepdims=keepdims), (self,))

        def _backward():
            g = out.grad
            if axis is not None and not keepdims:
                g = np.expand_dims(g, axis)
            self._add(np.broadcast_to(g, self.data.shape))

        out._backward = _backward
        return out

    def mean(self, axis=None, keepdims=False):
        out = Tensor(self.data.mean(axis=axis, keepdims=keepdims), (self,))
        n = self.data.size / out.data.size

        def _backward():
            g = out.grad
            if axis is not None and not keepdims:
                g = np.expand_dims(g, axis)
            self._add(np.broadcast_to(g / n, self.data.shape))

        out._backward = _backward
        return out

    def max(self, axis, keepdims=False):
        out = Tensor(self.data.max(axis=axis, keepdims=keepdims), (self,))

        def _backward():
            top, g = out.data, out.grad
            if not keepdims:
                top, g = np.expand_dims(top, axis), np.expand_dims(g, axis)
            self._add((self.data == top) * g)

        out._backward = _backward
        return out

    def reshape(self, shape):
        out = Tensor(self.data.reshape(shape), (self,))

        def _backward():
            self._add(out.grad.reshape(self.data.shape))

        out._backward = _backward
        return out

    def transpose(self):
        out = Tensor(self.data.T, (self,))

        def _backward():
            self._add(out.grad.T)

        out._backward = _backward
        return out

    def __getitem__(self, key):
        out = Tensor(self.data[key], (self,))

        def _backward():
            full = np.zeros_like(self.data)
            np.add.at(full, key, out.grad)
            self._add(full)

        out._backward = _backward
        return out

    def backward(self):
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            tensor, expanded = stack.pop()
            if expanded:
                order.append(tensor)
            elif tensor not in seen:
                seen.add(tensor)
                stack.append((tensor, True))
                for parent in tensor.parents:
                    stack.append((parent, False))
        for tensor in order:
            if tensor.parents:
                tensor.grad = np.zeros_like(tensor.data)
        self.grad = self.grad + 1.0
        for tensor in reversed(order):
            tensor._backward()


def unbroadcast(g, shape):
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    for axis, n in enumerate(shape):
        if n == 1:
            g = g.sum(axis=axis, keepdims=True)
    return g
