"""Functions with their slopes, and what a step length does to them."""

import numpy as np

C = 0.3
# t0 in units of |slope| / curvature, with beta: above 1.4 the condition is not met, above 2 the bowl has
# risen, above 2.6 so far that the wrong sign of the slope does not allow it either
TRIALS = (
    (1.5, 0.7),
    (1.65, 0.5),
    (0.9, 0.5),
    (1.9, 0.7),
    (2.2, 0.5),
    (2.5, 0.7),
    (3.1, 0.5),
    (6.0, 0.7),
    (300.0, 0.7),
)


class Bowl:
    """f(x) = ½ xᵀA x − bᵀx."""

    def __init__(self, A, b):
        self.A, self.b = A, b
        self.value_text = f"x @ {array(A)} @ x / 2 - {array(b)} @ x"
        self.slope_text = f"{array(A)} @ x - {array(b)}"

    def value(self, x):
        return x @ self.A @ x / 2 - self.b @ x

    def slope(self, x):
        return self.A @ x - self.b


class Barrier:
    """f(x) = Σ (b x − log x), defined where every x is positive."""

    def __init__(self, b):
        self.b = b
        self.value_text = f"np.sum({array(b)} * x - np.log(x)) if np.all(x > 0) else np.nan"
        self.slope_text = f"{array(b)} - 1 / x"

    def value(self, x):
        return np.sum(self.b * x - np.log(x)) if np.all(x > 0) else np.nan

    def slope(self, x):
        return self.b - 1 / x


class Square:
    value_text, slope_text = "x @ x", "2 * x"

    def value(self, x):
        return x @ x

    def slope(self, x):
        return 2 * x


class Value:
    """What a student calls f."""

    def __init__(self, of):
        self.of = of

    def __call__(self, x):
        return float(self.of.value(x))

    def as_python(self, name):
        return f"{name} = lambda x: {self.of.value_text}"


class Slope:
    """What a student calls grad."""

    def __init__(self, of):
        self.of = of

    def __call__(self, x):
        return self.of.slope(x)

    def as_python(self, name):
        return f"{name} = lambda x: {self.of.slope_text}"


def array(values):
    return f"np.array({values.tolist()})"


square, square_slope = Value(Square()), Slope(Square())


def residuals(f, grad, x, d, t0, beta, c, result):
    """Each of the conditions, as a number that is 0 or below (`length`: above 0) where it is met."""
    t, start, slope = float(result), f(x), float(grad(x) @ d)
    downhill = slope < 0
    if not (0 < c < 1 and 0 < beta < 1 and t0 > 0 and np.isfinite(start)):
        raise ValueError("c, beta, t0 or x is not what the statement promises")

    def meets(t):
        """How far f lies above what is allowed, relative to both, with the two values."""
        after, allowed = f(x + t * d), start + c * t * slope
        return (after - allowed) / (1 + abs(start) + abs(allowed)), after, allowed

    excess, after, allowed = meets(t)
    before = min(t / beta, t0)
    slack, after_before, allowed_before = meets(before)
    shrunk = downhill and t < t0 * (1 - 1e-9)
    return {
        "uphill": 0.0 if downhill else abs(t),
        "length": t / t0 if downhill else 1.0,
        "beyond": t / t0 - 1,
        "excess": excess if downhill else 0.0,
        "unneeded": -slack if shrunk and np.isfinite(slack) else 0.0,
        "t": t,
        "t0": t0,
        "slope": slope,
        "after": after,
        "allowed": allowed,
        "before": before,
        "after_before": after_before,
        "allowed_before": allowed_before,
    }


def cases(rng, group):
    return {"steepest": steepest, "directions": directions, "domain": domain, "uphill": uphill}[group](rng)


def case(f, x, d, t0, beta, c=C):
    return {"f": Value(f), "grad": Slope(f), "x": x, "d": d, "t0": float(t0), "beta": beta, "c": c}


def steepest(rng):
    """Along −g a bowl is a parabola, so that it is known which trials meet which condition."""
    return [along(rng, scale=None, u=u, beta=beta) for u, beta in TRIALS]


def directions(rng):
    """Where ‖g‖² is a third, and three times, the slope."""
    made = [along(rng, scale=m, u=u, beta=beta) for u, beta in TRIALS[:4] for m in (0.3, 3.0)]
    return [*made, gentle(made[0]), gentle(made[5])]


def gentle(made):
    """The same line, with a slope of −0.1: it leads downhill, too."""
    factor = 0.1 / abs(made["grad"](made["x"]) @ made["d"])
    return made | {"d": made["d"] * factor, "t0": float(made["t0"] / factor)}


def along(rng, *, scale, u, beta):
    f, x = random_bowl(rng)
    g = f.slope(x)
    d = -g if scale is None else -rng.uniform(0.5, 2, size=g.size) * g
    if scale is not None:
        d = d * (g @ g) / (scale * abs(g @ d))
    unit = abs(g @ d) / (d @ f.A @ d)
    return case(f, x, d, u * rng.uniform(0.99, 1.01) * unit, beta)


def random_bowl(rng):
    Q, _ = np.linalg.qr(rng.normal(size=(3, 3)))
    A = Q @ np.diag(rng.uniform(0.5, 4, size=3)) @ Q.T
    f = Bowl(((A + A.T) / 2).round(2), rng.normal(size=3).round(2))
    return f, rng.uniform(1, 3, size=3) * rng.choice([-1, 1], size=3)


def domain(rng):
    """The first trial leaves the domain."""
    found = []
    for beta in (0.5, 0.7, 0.5, 0.7):
        f, x = Barrier(rng.uniform(2, 4, size=2).round(2)), rng.uniform(1.5, 3, size=2)
        d = -f.slope(x)
        found.append(case(f, x, d, rng.uniform(1.2, 3) * np.min(-x / d), beta, c=0.1))
    return found


def uphill(rng):
    bowls = [random_bowl(rng) for _ in range(3)]
    return [
        *(case(f, x, f.slope(x) * rng.uniform(0.1, 1), 1.0, 0.5) for f, x in bowls),
        case(*bowls[0], np.zeros(3), 1.0, 0.5),
    ]
