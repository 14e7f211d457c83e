import numpy as np


def derivative(f, x, dtype):
    """Return the slope of f at x, with a step of your own choice.

    f: takes a number, returns a float; calculates in the precision `dtype`
    x: a NumPy number of type `dtype`, not zero; f changes on the scale of |x|
    dtype: "float32" or "float64"
    returns: a number
    """
    ...
