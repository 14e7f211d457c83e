"""Symmetric matrices of given eigenvalues, and what these say of gradient descent."""

import numpy as np
import torch

ZERO = 1e-9  # relative to the largest eigenvalue: what lies nearer to zero is rounding
NEARLY = 1e-5  # the judge asks for nearby inputs too, whose two halves differ by 1e-6


def spectrum(A):
    if not np.any(A) or np.abs(A - A.T).max() > NEARLY * np.abs(A).max():
        raise ValueError("A is zero, or not symmetric")
    return torch.linalg.eigvalsh(torch.as_tensor(np.asarray(A), dtype=torch.float64))


def limit(A):
    eigenvalues = spectrum(A)
    if eigenvalues.min() < -ZERO * eigenvalues.abs().max():
        return 0.0
    return float(2 / eigenvalues.max())


def slowest(A, lr):
    if lr <= 0:
        raise ValueError("lr is not above 0")
    return float((1 - lr * spectrum(A)).abs().max())


def cases(rng, group):
    makers = {"bowls": bowls, "saddles": saddles, "flat": flat, "within": within, "beyond": beyond}
    return makers[group](rng)


def bowls(rng):
    """Curvatures between 0.5 and 6. In two dimensions, a positive and a negative entry off the diagonal."""
    made = [with_eigenvalues(rng, rng.uniform(0.5, 6, size=n)) for n in (3, 1, 4, 5)]
    for sign in (1, -1):
        off = sign * rng.uniform(0.3, 0.8)
        made.append(np.array([[rng.uniform(1, 1.5), off], [off, rng.uniform(2, 4)]]))
    return [{"A": A} for A in made]


def saddles(rng):
    """The positive eigenvalue larger, the negative one larger, two negative ones that outweigh it or do not,
    and nothing but these.
    """
    spectra = [(3.0, 1.5, -0.5), (1.0, 0.7, -4.0), (2.0, -1.0, -1.5), (-1.0, -2.5), (5.0, 4.0, 3.0, -0.05)]
    spectra.append((5.0, -1.0, -1.2))
    made = [with_eigenvalues(rng, np.array(s) * rng.uniform(0.8, 1.2)) for s in spectra]
    a, off = rng.uniform(0.5, 2), rng.uniform(2.5, 4)
    made.append(np.array([[a, off], [off, a]]))  # nothing negative to be seen
    made.append(1e-9 * with_eigenvalues(rng, np.array([3.0, 1.0, -0.02])))
    return [{"A": A} for A in made]


def flat(rng):
    """An eigenvalue of zero: on the diagonal, and such that it is computed as slightly negative."""
    exact = np.diag([rng.uniform(1, 3), 0.0])
    large = [{"A": 1e8 * rounded_below_zero(rng, n)} for n in (3, 4, 5)]
    return [{"A": exact}, *large, *({"A": rounded_below_zero(rng, n)} for n in (3, 3, 4, 4, 5, 5))]


def rounded_below_zero(rng, n):
    while True:
        B = rng.normal(size=(n, n - 1))
        A = B @ B.T
        if np.linalg.eigvalsh(A)[0] < 0:
            return A


def within(rng):
    """Below the limit. The flattest direction sets the pace, the steepest does, and all change their sign."""
    settings = [((0.5, 2.0, 4.0), 0.6), ((1.0, 3.0, 4.0), 1.9), ((3.0, 3.5, 4.0), 1.7), ((2.0,), 0.7)]
    settings += [((0.3, 1.0, 2.0, 5.0), 1.2), ((1.5, 4.0), 1.8)]
    return [at_pace(rng, spectrum, pace) for spectrum, pace in settings]


def beyond(rng):
    """Above the limit, and where a negative eigenvalue sets the pace, or does not."""
    settings = [((0.5, 2.0, 4.0), 2.6), ((3.0, 3.5, 4.0), 5.0)]
    settings += [((2.0, 1.0, -1.0), 0.8), ((2.0, 0.5, -0.2), 3.0), ((-1.0, -3.0), 0.5)]
    return [at_pace(rng, spectrum, pace) for spectrum, pace in settings]


def at_pace(rng, eigenvalues, pace):
    """With the learning rate pace / max|λ|."""
    eigenvalues = np.array(eigenvalues) * rng.uniform(0.8, 1.2, size=1)
    lr = float(pace / np.abs(eigenvalues).max() * rng.uniform(0.98, 1.02))
    return {"A": with_eigenvalues(rng, eigenvalues), "lr": lr}


def with_eigenvalues(rng, eigenvalues):
    Q, _ = np.linalg.qr(rng.normal(size=(len(eigenvalues),) * 2))
    A = (Q * eigenvalues) @ Q.T
    return (A + A.T) / 2
