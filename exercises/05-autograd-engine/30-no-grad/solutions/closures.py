from contextlib import contextmanager

import numpy as np


class Switch:
    off = 0


@contextmanager
def no_grad():
    Switch.off += 1
    try:
        yield
    finally:
        Switch.off -= 1


class Tensor:
    def __init__(self, data, past=None):
        self.data = np.asarray(data, dtype=np.float64)
        self.grad = np.zeros(self.data.shape)
        self.past = None if Switch.off else past
        self.gone = False

    def __add__(self, other):
        if not isinstance(other, Tensor):
            return Tensor(self.data + other, ([self], lambda g: [g]))
        return Tensor(self.data + other.data, ([self, other], lambda g: [g, g]))

    def __mul__(self, other):
        a = self.data
        if not isinstance(other, Tensor):
            return Tensor(a * other, ([self], lambda g: [g * other]))
        b = other.data
        return Tensor(a * b, ([self, other], lambda g: [g * b, g * a]))

    def tanh(self):
        y = np.tanh(self.data)
        return Tensor(y, ([self], lambda g: [g - g * y**2]))

    def sum(self):
        shape = self.data.shape
        return Tensor(np.sum(self.data), ([self], lambda g: [np.full(shape, g)]))

    def detach(self):
        return Tensor(self.data)

    def backward(self):
        waiting = count_uses(self)
        self.grad = self.grad + 1.0
        ready = [self]
        while ready:
            tensor = ready.pop()
            if tensor.past is None:
                continue
            parents, share = tensor.past
            for parent, part in zip(parents, share(tensor.grad)):
                parent.grad = parent.grad + part
                waiting[parent] -= 1
                if waiting[parent] == 0:
                    ready.append(parent)
            tensor.past = None
            tensor.gone = True


def count_uses(root):
    """How many edges lead to each tensor below the root."""
    uses, todo = {}, [root]
    while todo:
        tensor = todo.pop()
        if tensor.gone:
            raise RuntimeError("released")
        for parent in tensor.past[0] if tensor.past else ():
            if parent not in uses:
                uses[parent] = 0
                todo.append(parent)
            uses[parent] += 1
    return uses
