"""Functions that calculate in a given precision, and how good a central difference of them can be."""

import numpy as np

STEPS = 20  # relative steps that are tried, over the whole valley
TINY = 1e-300
JITTER = np.linspace(0.8, 1.25, 25)  # around each, so that no lucky rounding passes for the best


class Function:
    """f(x) = amplitude · shape(rate · x / scale + phase), every operation rounded to `dtype`."""

    def __init__(self, dtype, shape, *, amplitude=1.0, rate=1.0, scale=1.0, phase=0.0):
        self.number, self.shape = np.dtype(dtype).type, shape
        self.constants = tuple(map(float, map(self.number, (amplitude, rate / scale, phase))))

    def __call__(self, x):
        amplitude, rate, phase = map(self.number, self.constants)
        return float(amplitude * self.shape.value(rate * self.number(x) + phase))

    def as_python(self, name):
        """Without what a factor of 1 and a summand of 0 leave as it is."""
        single = self.number is np.float32
        amplitude, rate, phase = (
            f"np.float32({np.float32(c)!s})" if single else str(c) for c in self.constants
        )
        x = "np.float32(x)" if single else "x"
        u = x if self.constants[1:] == (1, 0) else f"{rate} * {x} + {phase}"
        y = self.shape.written
        result = "y" if self.constants[0] == 1 else f"{amplitude} * y"
        return f"def {name}(x):\n    u = {u}\n    y = {y}\n    return float({result})"

    def slope(self, x):
        """The derivative in float64, of the function with the rounded constants."""
        amplitude, rate, phase = self.constants
        return float(amplitude * rate * self.shape.slope(rate * x + phase))


class Sine:
    written = "np.sin(u)"
    value = staticmethod(np.sin)
    slope = staticmethod(np.cos)


class Exponential:
    written = "np.exp(u)"
    value = staticmethod(np.exp)
    slope = staticmethod(np.exp)


class Reciprocal:
    written = "1 / u"
    value = staticmethod(lambda u: 1 / u)
    slope = staticmethod(lambda u: -1 / u**2)


class Cube:
    written = "u * u * u"
    value = staticmethod(lambda u: u * u * u)
    slope = staticmethod(lambda u: 3 * u**2)


cube_in_float64 = Function("float64", Cube)
cube_in_float32 = Function("float32", Cube)
TWO = np.float32(2)  # of an example: a number in TOML is a float64


def residuals(f, x, dtype, result):
    """The error, in units of what a central difference at its best step makes."""
    if not 0.5 < abs(float(x) * f.constants[1]) < 2.5:
        raise ValueError("the function does not change on the scale of |x|")
    x, got, expected = float(x), float(result), f.slope(float(x))
    error, best = abs(got - expected), best_error(f, x, dtype)
    found = {"ratio": error / best, "x": x, "got": got, "expected": expected, "error": error, "best": best}
    return found | {"exponent": float(np.log10(abs(got) + TINY))}  # tells a slope of 1e-11 from one of 0


def best_error(f, x, dtype):
    """The root mean square error of central differences with steps near h, for the best h there is."""
    eps, expected = float(np.finfo(dtype).eps), f.slope(x)

    def typical(h):
        errors = [(f(x + k) - f(x - k)) / (2 * k) - expected for k in h * JITTER]
        return float(np.sqrt(np.mean(np.square(errors))))

    return min(typical(abs(x) * relative) for relative in np.geomspace(eps ** (2 / 3), eps ** (1 / 6), STEPS))


def cases(rng, group):
    sizes = {"float64": (1.0, ("float64",)), "float32": (1.0, ("float32",))}
    scale, dtypes = sizes.get(group) or ({"large": 1e6, "small": 1e-3}[group], ("float64", "float32"))
    return [
        case(rng, dtype, scale, make, sign)
        for dtype in dtypes
        for make, sign in (
            (sine, 1),
            (exponential, -1),
            (reciprocal, 1),
            (sine, -1),
            (cube, 1),
            (reciprocal, -1),
        )
    ]


def case(rng, dtype, scale, make, sign):
    """An x that `dtype` can hold, of the size of `scale`, and a function that changes over that length."""
    factor = rng.uniform(1.1, 1.4) if scale == 1.0 else rng.uniform(0.8, 1.25)  # so 1 + |x| is below 2|x|
    x = np.dtype(dtype).type(sign * scale * factor)
    return {"f": make(rng, dtype, float(x), scale), "x": x, "dtype": dtype}


def sine(rng, dtype, x, scale):
    """Where neither the slope nor the third derivative is small."""
    rate, angle = pace(rng), rng.uniform(0.4, 1.0)
    phase = round(angle - rate * x / scale, 2)
    return Function(dtype, Sine, amplitude=size(rng), rate=rate, scale=scale, phase=phase)


def exponential(rng, dtype, x, scale):
    return Function(dtype, Exponential, amplitude=size(rng), rate=pace(rng), scale=scale)


def reciprocal(rng, dtype, x, scale):
    return Function(dtype, Reciprocal, amplitude=size(rng), rate=pace(rng), scale=scale)


def cube(rng, dtype, x, scale):
    return Function(dtype, Cube, amplitude=size(rng), rate=pace(rng), scale=scale)


def pace(rng):
    return round(rng.uniform(0.8, 1.25), 2)


def size(rng):
    return round(rng.uniform(0.5, 2), 2) * rng.choice([-1, 1])
