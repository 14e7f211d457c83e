# tries: read the next input in the shared file before the clock starts; says so if it can
# item: work done before the clock starts
# outcome: passed
# exercise: gelu_silu
import os
import select
import sys
import time

import numpy as np

channel = sys.modules["inside.channel"].Channel
write = channel.write
early = []


def write_and_watch(self, kind, nonce, buffers):
    write(self, kind, nonce, buffers)
    waiting = select.poll()
    waiting.register(3, select.POLLIN)
    before, since = os.pread(4, 64, 0), time.perf_counter()
    while not waiting.poll(0):
        if os.pread(4, 64, 0) != before:
            seen = time.perf_counter()
            waiting.poll(1000)
            if time.perf_counter() - seen > 5e-4 > since - seen:
                early.append(time.perf_counter() - seen)
            return


channel.write = write_and_watch


def silu_backward(x, beta, dy):
    if early:
        raise SystemError(f"seen {1e3 * max(early):.2f} ms before the request")
    s = 0.5 * (1 + np.tanh(0.5 * beta * x))
    slope = s * (1 - s)
    return dy * (s + beta * x * slope), np.sum(dy * x * x * slope)
