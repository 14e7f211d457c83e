# tries: compute on in the box of an earlier check, beside the timed one, to slow the baseline down; and be slow
# item: a slow reference by patching shared state
# outcome: too_slow | cpu_limit | wall_limit
# exercise: gelu_silu
# check: silu; Time of silu_backward, 10⁶ elements
import select
import sys

import numpy as np

channel = sys.modules["inside.channel"].Channel
write = channel.write
ballast = []


def write_and_sweep(self, kind, nonce, buffers):
    write(self, kind, nonce, buffers)
    waiting = select.poll()
    waiting.register(3, select.POLLIN)
    while ballast and not waiting.poll(0):
        np.add(ballast[0], 1.0, out=ballast[0])  # through all caches


channel.write = write_and_sweep


def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def silu(x, beta):
    ballast[:] = [np.zeros(8_000_000)]
    return x * sigmoid(beta * x)


def right(x, beta, dy):
    s = sigmoid(beta * x)
    slope = s * (1 - s)
    return dy * (s + beta * x * slope), np.sum(dy * x * x * slope)


def silu_backward(x, beta, dy):
    for _ in range(24):
        answer = right(x, beta, dy)
    return answer
