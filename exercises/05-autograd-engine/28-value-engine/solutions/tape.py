import heapq
import itertools
import math

number = itertools.count()


class Value:
    """Values are numbered as they are made: the newest first is an order that always works."""

    def __init__(self, data, *sources):
        self.data = data
        self.grad = 0.0
        self.sources = sources
        self.number = next(number)

    def __add__(self, other):
        if isinstance(other, Value):
            return Value(self.data + other.data, (self, 1.0), (other, 1.0))
        return Value(self.data + other, (self, 1.0))

    def __mul__(self, other):
        if isinstance(other, Value):
            return Value(self.data * other.data, (self, other.data), (other, self.data))
        return Value(self.data * other, (self, other))

    def __pow__(self, n):
        return Value(self.data**n, (self, n * self.data ** (n - 1)))

    def __neg__(self):
        return Value(-self.data, (self, -1.0))

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    def __truediv__(self, other):
        if isinstance(other, Value):
            b = other.data
            return Value(self.data / b, (self, 1 / b), (other, -self.data / b**2))
        return Value(self.data / other, (self, 1 / other))

    def __rtruediv__(self, other):
        return Value(other / self.data, (self, -other / self.data**2))

    __radd__ = __add__
    __rmul__ = __mul__

    def exp(self):
        return Value(math.exp(self.data), (self, math.exp(self.data)))

    def log(self):
        return Value(math.log(self.data), (self, 1 / self.data))

    def tanh(self):
        return Value(math.tanh(self.data), (self, 1 / math.cosh(self.data) ** 2))

    def relu(self):
        return Value(self.data * (self.data > 0), (self, 1.0 * (self.data > 0)))

    def backward(self):
        received = {self.number: 1.0}
        heap = [(-self.number, self)]
        while heap:
            _, value = heapq.heappop(heap)
            grad = received.pop(value.number)
            if not value.sources:
                value.grad += grad
            for source, slope in value.sources:
                if source.number not in received:
                    received[source.number] = 0.0
                    heapq.heappush(heap, (-source.number, source))
                received[source.number] += slope * grad
