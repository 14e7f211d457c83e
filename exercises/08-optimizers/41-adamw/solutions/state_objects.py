import numpy as np


class State:
    """Moments of one parameter, and the running products of the betas."""

    def __init__(self, shape):
        self.m, self.v = np.zeros(shape), np.zeros(shape)
        self.left1 = self.left2 = 1.0

    def update(self, g, beta1, beta2):
        self.left1 *= beta1
        self.left2 *= beta2
        self.m += (1 - beta1) * (g - self.m)
        self.v += (1 - beta2) * (np.square(g) - self.v)
        return self.m / (1 - self.left1), self.v / (1 - self.left2)


class AdamW:
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        self.params, self.lr, self.betas = params, lr, betas
        self.eps, self.weight_decay = eps, weight_decay
        self.states = {}

    def step(self, grads):
        for index, g in enumerate(grads):
            if g is not None:
                self.update(index, g)

    def update(self, index, g):
        p = self.params[index]
        state = self.states.setdefault(index, State(p.shape))
        m_hat, v_hat = state.update(g, *self.betas)
        direction = m_hat / (np.sqrt(v_hat) + self.eps) + self.weight_decay * p
        np.subtract(p, self.lr * direction, out=p)
