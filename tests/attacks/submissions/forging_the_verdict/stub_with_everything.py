# tries: call a stub with what nobody expects, and then solve the exercise
# item: a stub called with hostile arguments
# outcome: calls
# exercise: gradient_descent
import numpy as np


HOSTILE = (None, "", "x" * 600_000, float("nan"), 2**62, -1, [], [[]], {}, {"x": 1}, ..., print, b"x", np.zeros(0))
HOSTILE += (np.zeros((0, 10**6)), np.zeros(50_000), np.array("text"), np.full(1, 1j), np.True_, np.zeros((1,) * 8))


def gradient_descent(grad, x0, lr, steps):
    for argument in HOSTILE:
        for arguments in ((argument,), (argument, argument), ([argument] * 3,)):
            try:
                grad(*arguments)
            except Exception:
                pass
    points = [x0]
    for _ in range(steps):
        points.append(points[-1] - lr * grad(points[-1]))
    return np.array(points)
