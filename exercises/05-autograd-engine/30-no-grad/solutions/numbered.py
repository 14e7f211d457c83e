import heapq
import itertools

import numpy as np

STATE = {"recording": [True]}
NUMBER = itertools.count()
RELEASED = object()


class no_grad:
    def __enter__(self):
        STATE["recording"].append(False)
        return self

    def __exit__(self, kind, error, trace):
        STATE["recording"].pop()


class Tensor:
    def __init__(self, data):
        self.data = np.array(data, dtype=float)
        self.grad = np.zeros(self.data.shape)
        self.past = None
        self.number = next(NUMBER)

    def __lt__(self, other):
        return self.number > other.number

    def made(self, data, past):
        result = Tensor(data)
        result.past = past if STATE["recording"][-1] else None
        return result

    def __add__(self, other):
        if isinstance(other, Tensor):
            return self.made(self.data + other.data, [(self, 1.0), (other, 1.0)])
        return self.made(self.data + other, [(self, 1.0)])

    def __mul__(self, other):
        if isinstance(other, Tensor):
            return self.made(self.data * other.data, [(self, other.data), (other, self.data)])
        return self.made(self.data * other, [(self, other)])

    def tanh(self):
        y = np.tanh(self.data)
        return self.made(y, [(self, (1 - y) * (1 + y))])

    def sum(self):
        return self.made(np.sum(self.data), [(self, np.ones(self.data.shape))])

    def detach(self):
        return Tensor(self.data)

    def backward(self):
        shares, queue, walk = {self: 1.0}, [self], []
        while queue:
            tensor = heapq.heappop(queue)
            walk.append(tensor)
            if tensor.past is RELEASED:
                raise RuntimeError("this graph has been released")
            for source, slope in tensor.past or []:
                if source not in shares:
                    shares[source] = 0.0
                    heapq.heappush(queue, source)
                shares[source] = shares[source] + slope * shares[tensor]
        for tensor in walk:
            if tensor.past is None:
                tensor.grad = tensor.grad + shares[tensor]
            else:
                tensor.past = RELEASED
