import numpy as np


class RMSprop:
    def __init__(self, params, lr=1e-2, alpha=0.99, eps=1e-8):
        self.params = params
        self.lr, self.alpha, self.eps = lr, alpha, eps
        self.v = [np.zeros_like(p) for p in params]

    def step(self, grads):
        alpha = self.alpha
        for k, (p, g) in enumerate(zip(self.params, grads)):
            if g is None:
                continue
            p -= self.lr * g / (np.sqrt(self.v[k]) + self.eps)
            self.v[k] = alpha * self.v[k] + (1 - alpha) * g**2


class Adam:
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.params = params
        self.lr, self.betas, self.eps = lr, betas, eps
        self.t = [0] * len(params)
        self.m = [np.zeros_like(p) for p in params]
        self.v = [np.zeros_like(p) for p in params]

    def step(self, grads):
        beta1, beta2 = self.betas
        for i, (p, g) in enumerate(zip(self.params, grads)):
            if g is None:
                continue
            self.t[i] += 1
            self.m[i] = beta1 * self.m[i] + (1 - beta1) * g
            self.v[i] = beta2 * self.v[i] + (1 - beta2) * g**2
            m_hat = self.m[i] / (1 - beta1 ** self.t[i])
            v_hat = self.v[i] / (1 - beta2 ** self.t[i])
            p -= self.lr * m_hat / (np.sqrt(v_hat) + self.eps)
