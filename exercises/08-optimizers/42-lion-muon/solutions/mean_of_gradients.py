import numpy as np

COEFFICIENTS = 3.4445, -4.7750, 2.0315


def orthogonalised(matrix):
    """Of the two products the smaller one, so a tall matrix is turned on its side."""
    tall = matrix.shape[0] > matrix.shape[1]
    x = matrix.T if tall else matrix
    x = x / (np.sqrt(np.sum(x * x)) + 1e-7)
    a, b, c = COEFFICIENTS
    for _ in range(5):
        gram = x @ x.T
        x = a * x + b * (gram @ x) + c * (gram @ (gram @ x))
    return x.T if tall else x


class Lion:
    def __init__(self, params, lr=1e-4, betas=(0.9, 0.99), weight_decay=0.0):
        self.params, self.lr, self.betas, self.weight_decay = params, lr, betas, weight_decay
        self.state = {}

    def step(self, grads):
        for index, (p, g) in enumerate(zip(self.params, grads)):
            if g is not None:
                m = self.state.get(index, np.zeros_like(g))
                towards = np.sign(m + (1 - self.betas[0]) * (g - m))
                np.subtract(p, self.lr * (towards + self.weight_decay * p), out=p)
                self.state[index] = m + (1 - self.betas[1]) * (g - m)


class Muon:
    """With a running mean in place of the sum: the factor between them goes when the norm is divided out."""

    def __init__(self, params, lr=1e-3, weight_decay=0.1, momentum=0.95, nesterov=True):
        self.params, self.lr = params, lr
        self.weight_decay, self.momentum, self.nesterov = weight_decay, momentum, nesterov
        self.means = [np.zeros(p.shape) for p in params]

    def step(self, grads):
        for p, g, mean in zip(self.params, grads, self.means):
            if g is None:
                continue
            mean += (1 - self.momentum) * (g - mean)
            towards = g + self.momentum * (mean - g) if self.nesterov else mean
            rate = self.lr * np.sqrt(max(1.0, p.shape[0] / p.shape[1]))
            np.subtract(p, rate * orthogonalised(towards) + self.lr * self.weight_decay * p, out=p)
