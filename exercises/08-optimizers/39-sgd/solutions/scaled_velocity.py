import numpy as np


class SGD:
    def __init__(self, params, lr=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0, nesterov=False):
        self.params, self.lr = params, lr
        self.momentum, self.weight_decay, self.nesterov = momentum, weight_decay, nesterov
        self.fresh = 1.0 - dampening
        self.velocities = [np.zeros_like(p) for p in params]
        self.shares = [1.0] * len(params)  # of the next gradient

    def step(self, grads):
        for index, gradient in enumerate(grads):
            if gradient is not None:
                self._move(index, gradient)

    def _move(self, index, gradient):
        weight, velocity = self.params[index], self.velocities[index]
        total = np.array(gradient)
        if self.weight_decay:
            total += self.weight_decay * weight
        velocity *= self.momentum
        velocity += self.shares[index] * total
        self.shares[index] = self.fresh
        if self.nesterov:
            weight -= self.lr * total
            weight -= self.lr * self.momentum * velocity
        else:
            weight -= self.lr * velocity
