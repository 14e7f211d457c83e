import numpy as np


class Mean:
    """A running mean that starts at 0, and how much of its weight is used up."""

    def __init__(self, shape, beta):
        self.value, self.beta, self.left = np.zeros(shape), beta, 1.0

    def take(self, x):
        self.value += (1 - self.beta) * (x - self.value)
        self.left *= self.beta

    def corrected(self):
        return self.value / (1 - self.left)


class Optimizer:
    def __init__(self, params, lr, eps):
        self.params, self.lr, self.eps = params, lr, eps

    def step(self, grads):
        for index, g in enumerate(grads):
            if g is not None:
                p = self.params[index]
                np.subtract(p, self.lr * self.direction(index, g), out=p)


class RMSprop(Optimizer):
    def __init__(self, params, lr=1e-2, alpha=0.99, eps=1e-8):
        super().__init__(params, lr, eps)
        self.squares = [Mean(p.shape, alpha) for p in params]

    def direction(self, index, g):
        self.squares[index].take(np.square(g))
        return g / (np.sqrt(self.squares[index].value) + self.eps)


class Adam(Optimizer):
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        super().__init__(params, lr, eps)
        self.means = [tuple(Mean(p.shape, beta) for beta in betas) for p in params]

    def direction(self, index, g):
        first, second = self.means[index]
        first.take(g)
        second.take(np.square(g))
        return first.corrected() / (np.sqrt(second.corrected()) + self.eps)
