"""Signs of eigenvalues that are known beforehand, and wells in which every eigenvector has its own depth."""

import numpy as np

SMALL, LARGE = 1e-11, 1e9


def expected(H):
    """By the eigenvalues of a general matrix, which do not know that H is symmetric."""
    if len(H) < 2 or np.abs(H - H.T).max() > 1e-5 * np.abs(H).max():  # the judge asks for nearby H too
        raise ValueError("H is 1 x 1, or not symmetric")
    eigenvalues = np.linalg.eigvals(H).real
    zero = 1e-9 * np.max(np.abs(eigenvalues))
    up, down = np.any(eigenvalues > zero), np.any(eigenvalues < -zero)
    if up and down:
        return "saddle"
    if np.any(np.abs(eigenvalues) <= zero):
        return "degenerate"
    return "min" if up else "max"


def cases(rng, group):
    makers = {
        "two": two,
        "more": more,
        "zero": zero,
        "scale": scale,
        "one": lambda rng: [saddle(rng, n, 1) for n in (2, 6)],
        "several": lambda rng: [saddle(rng, n, k) for n, k in ((3, 2), (5, 3), (6, 2))],
        "alone": lambda rng: [saddle(rng, 2, 1)],
    }
    return makers[group](rng)


def two(rng):
    """The first saddle has positive curvature along both axes, and more up than down."""
    steep, gentle = rng.uniform(3, 4), rng.uniform(0.5, 1)
    hidden = turned(np.array([steep, -gentle]), np.pi / 4 + rng.uniform(-0.1, 0.1))
    bowl = turned(rng.uniform(0.5, 2, size=2), rng.uniform(0.3, 1.2))
    plain = np.diag(rng.uniform(0.5, 2, size=2) * [1, -1])
    return [{"H": H} for H in (hidden, -hidden, bowl, -bowl, plain)]


def more(rng):
    """Determinants of either sign with each kind of place."""
    up = [[1, 1, 1], [1] * 5, [1] * 4]
    both = [[-1, -1, 1], [1, 1, -1], [1, 1, -1, -1], [-1, 1, 1, 1, 1]]
    return with_signs(rng, [*both, *up, *([-one for one in signs] for signs in up)])


def zero(rng):
    up = [[1, 0], [1, 1, 0], [1, 0, 0, 1]]
    both = [[1, 0, -1], [-1, 0, 1, 1], [-1, 0, 0, -1, 1]]
    drawn = with_signs(rng, [*up, *([-one for one in signs] for signs in up), *both])
    exact = [np.diag([2.0, 0.0]), np.diag([0.0, -3.0, -1.0]), np.diag([0.0, 2.0, -1.0])]
    # on either side of the bound that the statement sets
    bound = [np.diag([large, small]) for large in (1.0, -1.0) for small in (1.4e-9, 0.7e-9, -1.4e-9, -0.7e-9)]
    return [*drawn, *({"H": H} for H in (*exact, *bound, np.zeros((2, 2)), np.ones((2, 2))))]


def scale(rng):
    """Curvatures that are all small, or all large, and those with zeros whose rounding is large."""
    small = with_signs(rng, [[1, 1], [-1, -1, -1], [1, -1, 1]], scale=SMALL)
    large = with_signs(rng, [[1, 1, 0, 1, 0], [-1, 0, -1, 0, -1], [1, 0, 1, 0, 1, 0]], scale=LARGE)
    return [*small, *large]


def turned(eigenvalues, angle):
    c, s = np.cos(angle), np.sin(angle)
    Q = np.array([[c, -s], [s, c]])
    return symmetric(Q, eigenvalues)


def with_signs(rng, all_signs, *, scale=1.0):
    """A Hessian for each list of signs, in random directions."""
    found = []
    for signs in all_signs:
        eigenvalues = scale * np.array(signs) * rng.uniform(0.5, 2, size=len(signs))
        found.append({"H": symmetric(orthogonal(rng, len(signs)), eigenvalues)})
    return found


def orthogonal(rng, n):
    Q, _ = np.linalg.qr(rng.normal(size=(n, n)))
    return Q


def symmetric(Q, eigenvalues):
    H = Q @ np.diag(eigenvalues) @ Q.T
    return (H + H.T) / 2


class Well:
    """L(x) = Σ (½ λ u² + ¼ u⁴) with u = Qᵀ(x − c): level at c, and λ²/4 lower at u = √−λ for each λ < 0."""

    def __init__(self, centre, Q, eigenvalues):
        self.centre, self.Q, self.eigenvalues = centre, Q, eigenvalues

    def value(self, x):
        u = self.Q.T @ (x - self.centre)
        return float(np.sum(self.eigenvalues * u**2 / 2 + u**4 / 4))

    def slope(self, x):
        u = self.Q.T @ (x - self.centre)
        return self.Q @ (self.eigenvalues * u + u**3)

    def product(self, x, v):
        u = self.Q.T @ (x - self.centre)
        return self.Q @ ((self.eigenvalues + 3 * u**2) * (self.Q.T @ v))

    def slope_lines(self):
        return [*self._lines(), "return Q @ (e * u + u**3)"]

    def product_lines(self):
        return [*self._lines(), "return Q @ ((e + 3 * u**2) * (Q.T @ v))"]

    def _lines(self):
        known = ", ".join(map(array, (self.centre, self.Q, self.eigenvalues)))
        return [f"c, Q, e = {known}", "u = Q.T @ (x - c)"]


class Network:
    """L(a, b) = 2 (ab − 1)², the smallest network that has a saddle."""

    def value(self, x):
        return float(2 * (x[0] * x[1] - 1) ** 2)

    def slope(self, x):
        return 4 * (x[0] * x[1] - 1) * x[::-1]

    def product(self, x, v):
        mixed = 2 * x[0] * x[1] - 1
        return 4 * np.array([x[1] ** 2 * v[0] + mixed * v[1], mixed * v[0] + x[0] ** 2 * v[1]])

    def slope_lines(self):
        return ["return 4 * (x[0] * x[1] - 1) * x[::-1]"]

    def product_lines(self):
        return [
            "mixed = 2 * x[0] * x[1] - 1",
            "return 4 * np.array([x[1]**2 * v[0] + mixed * v[1], mixed * v[0] + x[0]**2 * v[1]])",
        ]


class Gradient:
    def __init__(self, loss):
        self.loss = loss

    def __call__(self, x):
        return self.loss.slope(x)

    def as_python(self, name):
        return defined(f"{name}(x)", self.loss.slope_lines())


class Product:
    def __init__(self, loss):
        self.loss = loss

    def __call__(self, x, v):
        return self.loss.product(x, v)

    def as_python(self, name):
        return defined(f"{name}(x, v)", self.loss.product_lines())


def defined(head, lines):
    return "\n    ".join([f"def {head}:", *lines])


def array(values):
    return f"np.array({values.tolist()})"


network_grad, network_hvp = Gradient(Network()), Product(Network())


def saddle(rng, n, negative):
    """The largest curvature leads up; with several up, so does that of the smallest."""
    up = [rng.uniform(3.5, 4), rng.uniform(0.4, 0.6), *rng.uniform(1, 3, size=n)][: n - negative]
    down = -rng.uniform(2.4, 2.6, size=negative)
    signs = rng.choice([-1.0, 1.0]) * (-1.0) ** np.arange(n)  # so that no one number is near all
    centre = rng.uniform(4, 6, size=n).round(2) * signs  # far from 0, where nobody begins
    loss = Well(centre, orthogonal(rng, n), np.concatenate([up, down]).round(2))
    return {"grad": Gradient(loss), "hvp": Product(loss), "x0": loss.centre.copy()}


def residuals(grad, hvp, x0, result):
    if np.abs(grad(x0)).max() > 1e-9:
        raise ValueError("x0 is not the saddle")
    x = np.asarray(result, dtype=np.float64)
    before, after = grad.loss.value(x0), min(grad.loss.value(x), 1e6)
    distance = min(np.linalg.norm(x - x0), 1e6)
    return {"fall": before - after, "distance": distance, "before": before, "after": after}
