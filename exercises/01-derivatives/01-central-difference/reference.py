"""Functions whose derivatives are known, and the central quotient itself."""

import numpy as np


class Quadratic:
    """f(x) = a x² + b x + c."""

    def __init__(self, a, b, c):
        self.a, self.b, self.c = a, b, c

    def __call__(self, x):
        x = float(x)
        return (self.a * x + self.b) * x + self.c

    def slope(self, x):
        """f'(x) = 2 a x + b."""
        return 2 * self.a * x + self.b

    def as_python(self, name):
        return f"{name} = lambda x: {self.a} * x**2 {signed(self.b)} * x {signed(self.c)}"


class Smooth:
    """f(x) = amplitude · shape(frequency · x + phase), with a third derivative that is not zero."""

    def __init__(self, shape, amplitude, frequency, phase):
        self.shape, self.amplitude, self.frequency, self.phase = shape, amplitude, frequency, phase

    def __call__(self, x):
        return float(self.amplitude * self.shape(self.frequency * float(x) + self.phase))

    def as_python(self, name):
        u = f"{self.frequency} * x {signed(self.phase)}"
        written = {np.sin: f"* np.sin({u})", np.exp: f"* np.exp({u})", bell: f"/ (1 + ({u})**2)"}
        return f"{name} = lambda x: {self.amplitude} {written[self.shape]}"


class Square:
    def __call__(self, x):
        return float(x) ** 2

    def as_python(self, name):
        return f"{name} = lambda x: x**2"


class Sine:
    def __call__(self, x):
        return float(np.sin(float(x)))

    def as_python(self, name):
        return f"{name} = lambda x: np.sin(x)"


square, sine = Square(), Sine()


def bell(x):
    return 1 / (1 + x * x)


def signed(number):
    return f"{'-' if number < 0 else '+'} {abs(number)}"


def slope(f, x, h):
    """The derivative of a quadratic, which the quotient gives exactly for every h."""
    refuse_unless(h > 0)
    return f.slope(float(x))


def quotient(f, x, h):
    """(f(x + h) − f(x − h)) / 2h."""
    refuse_unless(h > 0)
    x = float(x)
    return (f(x + h) - f(x - h)) / (2 * h)


def refuse_unless(kept):
    """No smaller input than the statement allows is shown."""
    if not kept:
        raise ValueError("outside what the statement promises")


def cases(rng, group):
    return {"quadratics": quadratics, "ladder": ladder, "kinds_of_x": kinds_of_x, "calls": calls}[group](rng)


def quadratics(rng):
    return [
        {"f": random_quadratic(rng), "x": float(rng.uniform(-3, 3)), "h": float(h)}
        for h in np.geomspace(0.05, 1.0, 8)
    ]


def ladder(rng):
    """Each function at a ladder of steps, so that every power of h shows."""
    places = [(random_smooth(rng, shape), float(rng.uniform(0.2, 0.8))) for shape in (np.sin, np.exp, bell)]
    return [{"f": f, "x": x, "h": h} for f, x in places for h in (0.1, 0.01, 0.001, 0.0001)]


def kinds_of_x(rng):
    """On functions that are no quadratics, so that the points show."""
    xs = [3, -2, 0, np.array(0.7), np.array(rng.uniform(-2, 2)), np.array(-1.25)]
    shapes = (np.sin, np.exp, bell, np.sin, np.exp, bell)
    steps = rng.uniform(0.1, 0.4, size=len(xs))
    return [
        {"f": random_smooth(rng, s), "x": x, "h": float(h)} for s, x, h in zip(shapes, xs, steps, strict=True)
    ]


def calls(rng):
    xs = [*rng.uniform(0.2, 0.8, size=3).tolist(), 1, np.array(rng.uniform(0.2, 0.8))]
    shapes = (np.sin, np.exp, bell, np.sin, np.exp)
    return [{"f": random_smooth(rng, shape), "x": x, "h": 0.01} for shape, x in zip(shapes, xs, strict=True)]


def random_quadratic(rng):
    """Coefficients of size 0.5 to 2, so that no term can hide."""
    return Quadratic(*(rng.uniform(0.5, 2, size=3) * rng.choice([-1, 1], size=3)).round(2).tolist())


def random_smooth(rng, shape):
    return Smooth(shape, *rng.uniform([0.8, 0.8, 0.1], [1.2, 1.2, 0.3]).round(2).tolist())
