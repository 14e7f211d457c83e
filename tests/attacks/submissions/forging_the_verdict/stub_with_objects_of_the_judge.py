# tries: hand a stub objects of the judge's own kinds
# item: a stub called with hostile arguments; objects of the judge's own kinds
# outcome: raised | bad_answer
# exercise: gradient_descent
import sys


def gradient_descent(grad, x0, lr, steps):
    values = sys.modules["inside.values"]
    return grad(values.Handle(0, "array"), values.Opaque("passed"))
