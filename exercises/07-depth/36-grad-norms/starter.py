import numpy as np


def grad_norms(weights, x, dy, act, residual):
    """Return the norm of the gradient of each matrix, the first layer first.

    weights: a list of n arrays; the k-th has shape (its outputs, its inputs)
    x: the inputs, shape (N, inputs of the first layer)
    dy: the gradient at the output, shape (N, outputs of the last layer)
    act: "linear", "relu", "tanh" or "sigmoid"
    residual: whether each layer adds its input to its output; all matrices are square then
    returns: an array of shape (n,)
    """
    ...
