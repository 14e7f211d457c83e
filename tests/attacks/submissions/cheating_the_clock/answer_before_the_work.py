# tries: send the answer's header at once, to stop the clock, and be slow afterwards
# item: threads that finish after the return
# outcome: too_slow | bad_answer
# exercise: gelu_silu
import os
import sys

import numpy as np


wire = sys.modules["inside.wire"]
header = wire.header


def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def right(x, beta, dy):
    s = sigmoid(beta * x)
    slope = s * (1 - s)
    return dy * (s + beta * x * slope), np.sum(dy * x * x * slope)


def shim(frame):
    while not hasattr(frame.f_locals.get("self"), "witness"):
        frame = frame.f_back
    return frame.f_locals["self"]


def sent_already(*_):
    wire.header = header
    return b""


def silu_backward(x, beta, dy):
    operations, answer = shim(sys._getframe()), right(x, beta, dy)
    length = sum(map(len, operations.encode((answer, *operations.witness.testify(answer)))))
    os.write(3, header(wire.Kind.ANSWER, operations.nonce, length))
    wire.header = sent_already
    for _ in range(40):
        answer = right(x, beta, dy)
    return answer
