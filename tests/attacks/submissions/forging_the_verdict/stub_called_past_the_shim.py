# tries: call a stub by hand, so that the shim does not count
# item: a stub called from where it must not be
# outcome: calls
# exercise: gradient_descent
import sys

import numpy as np


def ask(x):
    frame = sys._getframe()
    while not hasattr(frame.f_locals.get("self"), "channel"):
        frame = frame.f_back
    operations = frame.f_locals["self"]
    nonce = operations.nonce
    operations.channel.write(sys.modules["inside.wire"].Kind.CALL, nonce, operations.encode((0, (x,))))
    return operations.channel.receive()


def gradient_descent(grad, x0, lr, steps):
    ask(x0)
    points = [x0]
    for _ in range(steps):
        points.append(points[-1] - lr * grad(points[-1]))
    return np.array(points)
