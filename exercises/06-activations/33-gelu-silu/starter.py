import math

import numpy as np

# NumPy has no erf. This one takes arrays, but it is a loop inside: use it for
# approximate="none" only.
erf = np.vectorize(math.erf, otypes=[float])


def gelu(x, approximate):
    """x * Phi(x), exactly ("none") or by the tanh approximation ("tanh")."""
    ...


def gelu_backward(x, dy, approximate):
    """The gradient of x, from dy at the output of gelu."""
    ...


def silu(x, beta):
    """x * sigmoid(beta * x)."""
    ...


def silu_backward(x, beta, dy):
    """(dx, dbeta), from dy at the output of silu; beta and dbeta are numbers."""
    ...
