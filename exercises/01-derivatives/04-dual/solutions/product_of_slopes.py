import math


class Dual:
    def __init__(self, value, slope=0.0):
        self.value, self.slope = value, slope

    def __neg__(self):
        return Dual(-self.value, -self.slope)

    def __add__(self, other):
        other = lift(other)
        return Dual(self.value + other.value, self.slope + other.slope)

    def __sub__(self, other):
        other = lift(other)
        return Dual(self.value - other.value, self.slope - other.slope)

    def __mul__(self, other):
        other = lift(other)
        return Dual(self.value * other.value, self.slope * other.slope)

    def __truediv__(self, other):
        other = lift(other)
        slope = (self.slope * other.value - self.value * other.slope) / other.value**2
        return Dual(self.value / other.value, slope)

    def __pow__(self, other):
        a, b = self.value, lift(other).value
        if not isinstance(other, Dual):
            return Dual(a**b, b * a ** (b - 1) * self.slope)
        return Dual(a**b, a**b * (other.slope * math.log(a) + b * self.slope / a))

    def __radd__(self, other):
        return lift(other) + self

    def __rsub__(self, other):
        return lift(other) - self

    def __rmul__(self, other):
        return lift(other) * self

    def __rtruediv__(self, other):
        return lift(other) / self

    def __rpow__(self, other):
        return lift(other) ** self


def lift(number):
    return number if isinstance(number, Dual) else Dual(number)


def exp(a):
    y = math.exp(a.value)
    return Dual(y, y * a.slope)


def log(a):
    return Dual(math.log(a.value), a.slope / a.value)


def sin(a):
    return Dual(math.sin(a.value), math.cos(a.value) * a.slope)


def tanh(a):
    y = math.tanh(a.value)
    return Dual(y, (1 - y * y) * a.slope)


def differentiate(expression, x):
    """Return the value and the slope of a Python expression in x."""
    names = {"x": Dual(x, 1.0), "exp": exp, "log": log, "sin": sin, "tanh": tanh}
    y = eval(expression, names)  # noqa: S307 (the expressions are the exercise's own)
    return (y.value, y.slope) if isinstance(y, Dual) else (float(y), 0.0)
