# tries: hand a stub more than a message may hold
# item: a stub called with hostile arguments
# outcome: message_limit | raised
# exercise: gradient_descent
import numpy as np


def gradient_descent(grad, x0, lr, steps):
    return grad(np.zeros(10**6))
