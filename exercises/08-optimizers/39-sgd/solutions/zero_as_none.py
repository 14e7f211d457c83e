class SGD:
    def __init__(self, params, lr=1e-3, momentum=0.0, dampening=0.0, weight_decay=0.0, nesterov=False):
        self.params = params
        self.lr, self.momentum, self.dampening = lr, momentum, dampening
        self.weight_decay, self.nesterov = weight_decay, nesterov
        self.v = [None] * len(params)

    def step(self, grads):
        mu, tau = self.momentum, self.dampening
        for i, (p, g) in enumerate(zip(self.params, grads)):
            if g is None or not g.any():
                continue
            g = g + self.weight_decay * p
            if self.v[i] is None:
                self.v[i] = g
            else:
                self.v[i] = mu * self.v[i] + (1 - tau) * g
            direction = g + mu * self.v[i] if self.nesterov else self.v[i]
            p -= self.lr * direction
