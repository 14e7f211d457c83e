import math
from collections import deque


class Value:
    """The gradient rules are closures; the order comes from counting who still has to report."""

    def __init__(self, data, prev=()):
        self.data = data
        self.grad = 0.0
        self.prev = prev
        self.push = lambda g: None

    @staticmethod
    def of(x):
        return x if isinstance(x, Value) else Value(x)

    def __add__(self, other):
        other = Value.of(other)
        out = Value(self.data + other.data, (self, other))

        def push(g):
            self.grad += g
            other.grad += g

        out.push = push
        return out

    def __mul__(self, other):
        other = Value.of(other)
        out = Value(self.data * other.data, (self, other))

        def push(g):
            self.grad += other.data * g
            other.grad += self.data * g

        out.push = push
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def push(g):
            self.grad += n * self.data ** (n - 1) * g

        out.push = push
        return out

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + (-Value.of(other))

    def __truediv__(self, other):
        return self * Value.of(other) ** -1

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __rsub__(self, other):
        return Value.of(other) - self

    def __rtruediv__(self, other):
        return Value.of(other) / self

    def _function(self, y, slope):
        out = Value(y, (self,))

        def push(g):
            self.grad += slope * g

        out.push = push
        return out

    def exp(self):
        y = math.exp(self.data)
        return self._function(y, y)

    def log(self):
        return self._function(math.log(self.data), 1 / self.data)

    def tanh(self):
        y = math.tanh(self.data)
        return self._function(y, 1 - y**2)

    def relu(self):
        return self._function(self.data, 1.0) if self.data >= 0 else self._function(0.0, 0.0)

    def backward(self):
        waiting = {self: 0}
        todo = [self]
        while todo:
            for p in todo.pop().prev:
                if p not in waiting:
                    waiting[p] = 0
                    todo.append(p)
                waiting[p] += 1
        for v in waiting:
            if v.prev:
                v.grad = 0
        self.grad = self.grad + 1
        ready = deque([self])
        while ready:
            v = ready.popleft()
            v.push(v.grad)
            for p in v.prev:
                waiting[p] -= 1
                if waiting[p] == 0:
                    ready.append(p)
