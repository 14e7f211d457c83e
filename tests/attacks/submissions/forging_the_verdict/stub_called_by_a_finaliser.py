# tries: call a stub after the answer was sent, by a finaliser
# item: a stub called from where it must not be; __del__
# outcome: bad_answer | calls
# exercise: gradient_descent
import weakref

import numpy as np


def gradient_descent(grad, x0, lr, steps):
    points = [x0]
    for _ in range(steps):
        points.append(points[-1] - lr * grad(points[-1]))
    answer = np.array(points)
    weakref.finalize(answer, grad, x0)
    return answer
