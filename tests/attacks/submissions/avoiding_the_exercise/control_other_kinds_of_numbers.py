# tries: nothing: a right quotient, called with numbers of other kinds than it was given, and returned as one
# item: control: unusual style
# outcome: passed
# exercise: central_difference
import functools
import operator

import numpy as np


def quotient(kind, f, x, h):
    x, h = np.asarray(x, dtype=np.float64), kind(h)
    rise = functools.reduce(operator.sub, map(f, (np.array(x + h), np.float64(x - h))))
    return np.divide(rise, 2 * h, out=np.empty(()))


central_difference = functools.partial(quotient, np.float64)
