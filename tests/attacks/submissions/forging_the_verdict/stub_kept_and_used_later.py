# tries: use the first question's stub for the second question
# item: a stub answered by the student
# outcome: calls
# exercise: gradient_descent
import numpy as np


kept = []


def gradient_descent(grad, x0, lr, steps):
    kept.append(grad)
    first = [kept[0](x0), grad(x0)]
    assert (first[0] == first[1]).all()  # stubs have no memory: both ask about the present question
    points = [x0]
    for _ in range(steps):
        points.append(points[-1] - lr * grad(points[-1]))
    return np.array(points)
