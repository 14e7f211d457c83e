# tries: a learning rate that ends the process when it is set
# item: sys.exit
# outcome: raised | exited
# exercise: adamw
# check: Two parameters, lr changed midway
import sys

import numpy as np


class AdamW:
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        self.params, self.__dict__["lr"], self.betas, self.eps, self.decay, self.t = params, lr, betas, eps, weight_decay, 0
        self.m, self.v = [np.zeros_like(p) for p in params], [np.zeros_like(p) for p in params]

    def step(self, grads):
        self.t += 1
        for p, m, v, g in zip(self.params, self.m, self.v, grads):
            m += (1 - self.betas[0]) * (g - m)
            v += (1 - self.betas[1]) * (g * g - v)
            m_hat, v_hat = m / (1 - self.betas[0] ** self.t), v / (1 - self.betas[1] ** self.t)
            move = self.__dict__["lr"] * m_hat / (np.sqrt(v_hat) + self.eps)
            p -= move

    lr = property(None, lambda self, value: sys.exit(0))
