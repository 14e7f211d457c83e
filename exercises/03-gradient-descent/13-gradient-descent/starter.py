import numpy as np


def gradient_descent(grad, x0, lr, steps):
    """Return the iterates of gradient descent, row k after k steps.

    grad: takes an array of shape (n,), returns the gradient there, shape (n,)
    x0: the start, shape (n,); left as it was
    lr: the learning rate
    steps: how many steps to take, 0 or more
    returns: an array of shape (steps + 1, n)
    """
    ...
