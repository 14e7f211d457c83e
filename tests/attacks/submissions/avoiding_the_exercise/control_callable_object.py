# tries: nothing: an object that can be called, where a function is due
# item: control: unusual style
# outcome: passed
# exercise: gradient_descent
import numpy as np


class Descent:
    """Keeps no state; a function would have done."""

    __slots__ = ("made",)

    def __call__(self, /, grad, x0, *, lr=None, **_):
        raise AssertionError("the judge passes by position")


class Positional(Descent):
    def __call__(self, grad, x0, lr, steps):
        def walk(x):
            for _ in range(steps):
                yield x
                x = x - lr * grad(x)
            yield x

        return np.vstack([*walk(x0)])


gradient_descent = Positional()
