# tries: call a stub while it is being called
# item: a stub called from where it must not be
# outcome: calls
# exercise: gradient_descent
import sys

import numpy as np


def gradient_descent(grad, x0, lr, steps):
    channel = sys.modules["inside.channel"].Channel
    receive, depth = channel.receive, []

    def receive_later(self):
        if len(depth) < 3:
            depth.append(len(depth))
            grad(x0)
        return receive(self)

    channel.receive = receive_later
    try:
        points = [x0]
        for _ in range(steps):
            points.append(points[-1] - lr * grad(points[-1]))
        return np.array(points)
    finally:
        channel.receive = receive
