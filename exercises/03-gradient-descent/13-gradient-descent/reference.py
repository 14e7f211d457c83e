"""Bowls, whose iterates have a closed form, and one loss that is no bowl."""

import numpy as np
import torch


class Bowl:
    """The gradient A (x − x*) of ½ (x − x*)ᵀ A (x − x*), A symmetric."""

    def __init__(self, A, minimum):
        self.A, self.minimum = np.asarray(A, dtype=np.float64), np.asarray(minimum, dtype=np.float64)

    def __call__(self, x):
        return self.A @ (np.asarray(x, dtype=np.float64).reshape(self.minimum.shape) - self.minimum)

    def as_python(self, name):
        return f"{name} = lambda x: {array(self.A)} @ (x - {array(self.minimum)})"


class Trough:
    """The gradient tanh(x) + s·sum(x) of Σ log cosh(xᵢ) + ½ s (Σ xᵢ)²."""

    def __init__(self, n, s):
        self.n, self.s = n, s

    def __call__(self, x):
        x = np.asarray(x, dtype=np.float64).reshape(self.n)
        return np.tanh(x) + self.s * x.sum()

    def as_python(self, name):
        return f"{name} = lambda x: np.tanh(x) + {self.s} * x.sum()"


def array(values):
    return f"np.array({values.tolist()})"


parabola = Bowl([[2.0]], [0.0])
COS, SIN = np.cos(0.5), np.sin(0.5)
TURN = np.array([[COS, -SIN], [SIN, COS]])
valley = Bowl(TURN @ np.diag([1.0, 6.0]) @ TURN.T, [0.9, 0.5])


def closed_form(grad, x0, lr, steps):
    """x* + (I − ηA)^k (x₀ − x*) for k = 0 … steps, through the eigenvectors of A."""
    eigenvalues, Q = torch.linalg.eigh(torch.from_numpy(grad.A))
    minimum = torch.from_numpy(grad.minimum)
    factors = (1 - lr * eigenvalues) ** torch.arange(steps + 1).unsqueeze(1)  # (steps + 1, n)
    start = Q.T @ (torch.as_tensor(x0, dtype=torch.float64) - minimum)  # (n,)
    return (minimum + (factors * start) @ Q.T).numpy()


def iterated(grad, x0, lr, steps):
    """The steps themselves, where there is no closed form."""
    points = [np.asarray(x0)]
    for _ in range(steps):
        points.append(points[-1] - lr * grad(points[-1]))
    return np.stack(points)


def cases(rng, group):
    makers = {
        "bowls": bowls,
        "edges": edges,
        "divergent": divergent,
        "no_bowl": no_bowl,
        "seven_steps": seven_steps,
    }
    return makers[group](rng)


def bowls(rng):
    settings = [(1, 0.3, 4), (2, 0.6, 9), (2, 1.8, 15), (3, 1.2, 6), (4, 0.8, 12), (5, 1.5, 10)]
    return [on_bowl(rng, n, pace, steps) for n, pace, steps in settings]


def edges(rng):
    at_rest = on_bowl(rng, 3, 0.7, 6)
    at_rest["x0"] = at_rest["grad"].minimum.copy()
    return [on_bowl(rng, 1, 0.5, 0), on_bowl(rng, 3, 0.5, 0), at_rest, on_bowl(rng, 2, 0.5, 1)]


def divergent(rng):
    return [on_bowl(rng, n, pace, steps) for n, pace, steps in [(1, 2.5, 10), (2, 2.2, 15), (3, 3.0, 9)]]


def no_bowl(rng):
    return [in_trough(rng, n) for n in (1, 2, 4)]


def seven_steps(rng):
    return [on_bowl(rng, n, 0.9, 7) for n in (1, 2, 3)]


def in_trough(rng, n):
    start, lr = rng.uniform(1, 3, size=n), float(rng.uniform(0.3, 0.6))
    return {"grad": Trough(n, 0.2), "x0": start, "lr": lr, "steps": 12}


def on_bowl(rng, n, pace, steps):
    """A bowl with curvatures between 1 and 4, and the learning rate pace / λmax."""
    curvatures = rng.uniform(1, 4, size=n)
    Q, _ = np.linalg.qr(rng.normal(size=(n, n)))
    A = (Q * curvatures) @ Q.T
    grad = Bowl(((A + A.T) / 2).round(2), rng.normal(size=n).round(2))
    x0 = grad.minimum + Q @ (rng.uniform(1, 2, size=n) * rng.choice([-1, 1], size=n))
    return {"grad": grad, "x0": x0, "lr": float(pace / curvatures.max()), "steps": steps}
