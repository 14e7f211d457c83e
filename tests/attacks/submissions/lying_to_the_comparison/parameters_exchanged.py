# tries: puts new arrays into the list instead of changing the old ones
# item: parameters kept and put right later
# outcome: mismatch
# exercise: adamw
import numpy as np


class AdamW:
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        self.params, self.lr, self.betas, self.eps, self.decay, self.t = params, lr, betas, eps, weight_decay, 0
        self.m, self.v = [np.zeros_like(p) for p in params], [np.zeros_like(p) for p in params]

    def step(self, grads):
        self.t += 1
        for i, (p, m, v, g) in enumerate(zip(self.params, self.m, self.v, grads)):
            m += (1 - self.betas[0]) * (g - m)
            v += (1 - self.betas[1]) * (g * g - v)
            m_hat, v_hat = m / (1 - self.betas[0] ** self.t), v / (1 - self.betas[1] ** self.t)
            move = self.lr * m_hat / (np.sqrt(v_hat) + self.eps)
            self.params[i] = p - move - self.lr * self.decay * p
