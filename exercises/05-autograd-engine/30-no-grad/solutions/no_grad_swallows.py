import numpy as np

recording = True


class Tensor:
    """An array that remembers what it was made of, until a pass has gone through it."""

    def __init__(self, data):
        self.data = np.asarray(data, dtype=np.float64)
        self.grad = np.zeros_like(self.data)
        self.sources = ()
        self.is_released = False

    def __add__(self, other):
        if isinstance(other, Tensor):
            return made(self.data + other.data, (self, same), (other, same))
        return made(self.data + other, (self, same))

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
        return Tensor(self.data)

    def backward(self):
        order = topological(self)
        if any(tensor.is_released for tensor in order):
            raise RuntimeError("an earlier pass has let go of this graph")
        self.grad = self.grad + 1.0
        for tensor in reversed(order):
            for source, rule in tensor.sources:
                source.grad = source.grad + rule(tensor.grad)
            tensor.is_released = bool(tensor.sources)
            tensor.sources = ()


class no_grad:
    """A block in which results have no past."""

    def __enter__(self):
        global recording
        self.before, recording = recording, False
        return self

    def __exit__(self, *exception):
        global recording
        recording = self.before
        return self


def made(data, *sources):
    result = Tensor(data)
    if recording:
        result.sources = sources
    return result


def same(g):
    return g


def times(factor):
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
