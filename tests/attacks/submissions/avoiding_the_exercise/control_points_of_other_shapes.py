# tries: nothing: right iterates from a generator, asked for with lists and columns, returned as a view
# item: control: unusual style
# outcome: passed
# exercise: gradient_descent
import itertools

import numpy as np


def gradient_descent(grad, x0, lr, steps):
    def points():
        x = yield x0
        for k in itertools.count():
            x = yield x - lr * np.ravel(grad((x.tolist(), x[:, None], x[None, ::-1][:, ::-1], tuple(x))[k % 4]))

    walk = points()
    rows = [next(walk)]
    for _ in range(steps):
        rows.append(walk.send(rows[-1]))
    table = np.zeros((2 * x0.size, 2 * (steps + 1)), order="F")
    table[::2, ::2] = np.stack(rows, axis=1)
    return table[::2, ::2].T
