import numpy as np


class SGD:
    def __init__(self, params, lr=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0, nesterov=False):
        self.params = params
        self.lr = lr
        self.options = momentum, dampening, weight_decay, nesterov
        self.past = [[] for _ in params]

    def step(self, grads):
        momentum, dampening, weight_decay, nesterov = self.options
        for p, g, past in zip(self.params, grads, self.past):
            if g is None:
                continue
            past.append(g + weight_decay * p)
            n = len(past)
            velocity = momentum ** (n - 1) * past[0]
            for age, one in enumerate(reversed(past[1:])):
                velocity = velocity + momentum**age * (1 - dampening) * one
            if nesterov:
                velocity = past[-1] + momentum * velocity
            np.subtract(p, self.lr * velocity, out=p)
