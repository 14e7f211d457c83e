# tries: nothing: a right optimizer by descriptors, closures and einsum
# item: control: unusual style
# outcome: passed
# exercise: adamw
# check: A gradient of None
import numpy as np


class AdamW:
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        self.lr = lr
        self.walkers = [walker(p, *betas, eps, weight_decay) for p in params]
        for each in self.walkers:
            next(each)

    def step(self, grads):
        [each.send((g, self.lr)) for each, g in zip(self.walkers, grads) if g is not None]


def walker(p, beta1, beta2, eps, decay):
    moments, betas, t = np.zeros((2, *p.shape)), np.array([beta1, beta2]), 0
    while True:
        g, lr = yield
        t += 1
        moments = np.einsum("i,i...->i...", betas, moments) + np.einsum("i,i...->i...", 1 - betas, np.stack([g, g * g]))
        m, v = moments[0] / (1 - beta1**t), moments[1] / (1 - beta2**t)
        np.copyto(p, p - lr * decay * p - lr * m / (np.sqrt(v) + eps))
