# tries: go on computing after the answer was sent, so that the baseline gets half of the core, and be slow
# item: a slow reference by patching shared state
# outcome: too_slow | cpu_limit
# exercise: gelu_silu
import select
import sys

import numpy as np


channel = sys.modules["inside.channel"].Channel
write = channel.write


def write_and_spin(self, kind, nonce, buffers):
    write(self, kind, nonce, buffers)
    waiting = select.poll()
    waiting.register(3, select.POLLIN)
    while not waiting.poll(0):
        pass


channel.write = write_and_spin


def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def right(x, beta, dy):
    s = sigmoid(beta * x)
    slope = s * (1 - s)
    return dy * (s + beta * x * slope), np.sum(dy * x * x * slope)


def silu_backward(x, beta, dy):
    for _ in range(24):
        answer = right(x, beta, dy)
    return answer
