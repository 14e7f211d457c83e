import numpy as np


class Linear:
    def __init__(self, rng, inputs, outputs):
        bound = np.sqrt(6 / (inputs + outputs))
        self.W = rng.uniform(-bound, bound, size=(outputs, inputs))
        self.b = rng.uniform(-1, 1, size=outputs)

    def forward(self, x):
        self.x = x
        return x @ self.W.T + self.b

    def backward(self, dy):
        self.grads = [dy.T @ self.x, dy.sum(axis=0)]
        return dy @ self.W

    @property
    def params(self):
        return [self.W, self.b]


class SiLU:
    params = grads = ()

    def forward(self, x):
        self.x, self.s = x, 0.5 * (1 + np.tanh(0.5 * x))
        return x * self.s

    def backward(self, dy):
        return dy * self.s * (1 + self.x * (1 - self.s))


class AdamW:
    def __init__(self, params):
        self.params, self.t = params, 0
        self.m = [np.zeros_like(p) for p in params]
        self.v = [np.zeros_like(p) for p in params]

    def step(self, grads, lr):
        self.t += 1
        for i, (p, g) in enumerate(zip(self.params, grads)):
            self.m[i] = 0.9 * self.m[i] + 0.1 * g
            self.v[i] = 0.99 * self.v[i] + 0.01 * g**2
            m, v = self.m[i] / (1 - 0.9**self.t), self.v[i] / (1 - 0.99**self.t)
            p *= 1 - 1e-4 * lr
            p -= lr * m / (np.sqrt(v) + 1e-8)


def train(x, y, x_new, seed):
    """A network of layers, and a rate that falls along half a cosine wave."""
    rng = np.random.default_rng(seed)
    layers = [Linear(rng, 2, 32), SiLU(), Linear(rng, 32, 3)]
    optimizer = AdamW([p for layer in layers for p in layer.params])
    steps, losses = 150, []
    for step in range(steps):
        z = run(layers, x)
        p = np.exp(z - np.max(z, axis=1, keepdims=True))
        p /= np.sum(p, axis=1, keepdims=True)
        losses.append(-np.log(np.take_along_axis(p, y[:, None], axis=1)).mean())
        dy = (p - (y[:, None] == np.arange(3))) / len(x)
        for layer in reversed(layers):
            dy = layer.backward(dy)
        optimizer.step([g for layer in layers for g in layer.grads], 0.05 * (1 + np.cos(np.pi * step / steps)))
    return run(layers, x_new), losses


def run(layers, x):
    for layer in layers:
        x = layer.forward(x)
    return x
