# tries: nothing: a right gradient by the student's own reverse mode
# item: control: own autograd
# outcome: passed
import numpy as np


class Node:
    def __init__(self, value, parents=()):
        self.value, self.parents, self.grad = value, parents, np.zeros_like(value)

    def __add__(self, other):
        return Node(self.value + other.value, ((self, lambda g: g), (other, lambda g: g)))

    def __sub__(self, other):
        return Node(self.value - other.value, ((self, lambda g: g), (other, lambda g: -g)))

    def __mul__(self, other):
        return Node(self.value * other.value, ((self, lambda g: g * other.value), (other, lambda g: g * self.value)))

    def __pow__(self, n):
        return Node(self.value**n, ((self, lambda g: g * n * self.value ** (n - 1)),))

    def mean(self):
        d = self.value.shape[-1]
        return Node(self.value.mean(-1, keepdims=True), ((self, lambda g: np.repeat(g / d, d, -1)),))

    def backward(self, g):
        for axis in range(g.ndim - self.grad.ndim):
            g = g.sum(0)
        for axis, n in enumerate(self.grad.shape):
            g = g.sum(axis, keepdims=True) if n == 1 else g
        self.grad = self.grad + g
        for parent, rule in self.parents:
            parent.backward(rule(g))


def layernorm_backward(x, gamma, dy, eps):
    x, gamma, beta = Node(x), Node(gamma), Node(np.zeros_like(gamma))
    centred = x - x.mean()
    y = gamma * (centred * ((centred * centred).mean() + Node(np.full((1, 1), eps))) ** -0.5) + beta
    y.backward(dy)
    return x.grad, gamma.grad, beta.grad
