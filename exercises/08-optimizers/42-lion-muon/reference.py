"""Lion by its formulas, Muon through singular values; in torch, in float64."""

import numpy as np
import torch


class Driven:
    """The course's interface around a `move` of one tensor; writes the result back into `params`."""

    def __init__(self, params, **options):
        self.params = params
        self.options = {**self.defaults, **options}
        self.memory = [torch.zeros(p.shape, dtype=torch.float64) for p in params]

    @property
    def lr(self):
        return self.options["lr"]

    @lr.setter
    def lr(self, value):
        self.options["lr"] = value

    def step(self, grads):
        for i, g in enumerate(grads):
            if g is not None:
                p, g = torch.tensor(self.params[i]), torch.tensor(g)
                moved, self.memory[i] = self.move(p, g, self.memory[i], **self.options)
                self.params[i][...] = moved.numpy()


class Lion(Driven):
    defaults = {"lr": 1e-4, "betas": (0.9, 0.99), "weight_decay": 0.0}

    @staticmethod
    def move(p, g, m, *, lr, betas, weight_decay):
        towards = torch.sign(torch.lerp(g, m, betas[0]))
        return p - lr * (towards + weight_decay * p), torch.lerp(g, m, betas[1])


class Muon(Driven):
    defaults = {"lr": 1e-3, "weight_decay": 0.1, "momentum": 0.95, "nesterov": True}

    @staticmethod
    def move(p, g, velocity, *, lr, weight_decay, momentum, nesterov):
        velocity = momentum * velocity + g
        towards = near_orthogonal(direction(g, velocity, momentum=momentum, nesterov=nesterov))
        rows, columns = p.shape
        stretch = max(1.0, rows / columns) ** 0.5
        return p - lr * (weight_decay * p + stretch * towards), velocity


def direction(g, velocity, *, momentum, nesterov):
    return g + momentum * velocity if nesterov else velocity


def near_orthogonal(D):
    """U diag(p(p(p(p(p(σ/‖D‖)))))) Vᵀ: what five steps of Newton–Schulz make of D = U diag(σ) Vᵀ."""
    U, sigma, Vt = torch.linalg.svd(D, full_matrices=False)
    sigma = sigma / max(float(torch.linalg.norm(sigma)), 1e-7)
    for _ in range(5):
        sigma = 3.4445 * sigma - 4.7750 * sigma**3 + 2.0315 * sigma**5
    return (U * sigma) @ Vt


FLATTEST = 0.02  # of every direction: smallest singular value over the Frobenius norm
EXTREMES = np.array([0.0, 1e-6, 1.0, 1e4])
# (step, parameter) without a gradient: the first here and there and both once; the second from the start
ABSENT = (((2, 0), (3, 0), (7, 0), (9, 0), (9, 1)), tuple((k, 1) for k in (0, 1, 5, 6, 10)))


def histories(rng, group):
    makers = {
        "lion_twelve_steps": lion_twelve_steps,
        "lion_extreme": lion_extreme,
        "lion_two_parameters": lion_two_parameters,
        "lion_decay": lion_decay,
        "lion_none": lion_none,
        "lion_defaults": lion_defaults,
        "lion_untouched": lion_twelve_steps,
        "muon_one_step": muon_one_step,
        "muon_shapes": muon_shapes,
        "muon_momentum": muon_momentum,
        "muon_nesterov": muon_nesterov,
        "muon_two_parameters": muon_two_parameters,
        "muon_decay": muon_decay,
        "muon_none": muon_none,
        "muon_zeros": muon_zeros,
        "muon_defaults": muon_defaults,
        "muon_untouched": muon_defaults,
    }
    return makers[group](rng)


# Lion: many elements, since each tells a sign only


def lion_twelve_steps(rng):
    options = {"lr": 0.1, "betas": (0.8, 0.95), "weight_decay": 0.0}
    return [uneven(rng, history(rng, [shape], options)) for shape in [(2,), (12,), (6, 5)]]


def lion_extreme(rng):
    options = {"lr": 0.1, "betas": (0.9, 0.99), "weight_decay": 0.0}
    return [history(rng, [shape], options, scale=EXTREMES) for shape in [(4,), (5, 4)]]


def lion_two_parameters(rng):
    """Equal shapes first, where shared state goes unnoticed by the shapes."""
    options = {"lr": 0.1, "betas": (0.8, 0.95), "weight_decay": 0.0}
    shapes = [[(12,), (12,)], [(2, 8), (2, 8)], [(4,), (3, 5)]]
    return [change_lr(history(rng, pair, options), step=6, lr=0.01) for pair in shapes]


def lion_decay(rng):
    options = {"lr": 0.1, "betas": (0.8, 0.95), "weight_decay": 0.3}
    shapes = [[(3,)], [(12,)], [(4,), (3, 4)]]
    return [change_lr(history(rng, one, options), step=6, lr=0.02) for one in shapes]


def lion_none(rng):
    options = {"lr": 0.1, "betas": (0.8, 0.95), "weight_decay": 0.3}
    return [leave_out(history(rng, [(6,), (3, 4)], options), absent) for absent in ABSENT]


def lion_defaults(rng):
    return [history(rng, [(12,)], {}, steps=40), history(rng, [(2, 6), (20,)], {"lr": 0.05}, steps=40)]


# Muon


def muon_one_step(rng):
    options = {"lr": 0.1, "weight_decay": 0.0, "momentum": 0.0, "nesterov": False}
    short = matrices(rng, [(2, 2)], options, steps=1, scale=0.2)  # a norm below 1 is divided by as well
    return [*(matrices(rng, [shape], options, steps=1) for shape in [(2, 2), (3, 3), (5, 5)]), short]


def muon_shapes(rng):
    options = {"lr": 0.1, "weight_decay": 0.0, "momentum": 0.0, "nesterov": False}
    return [matrices(rng, [shape], options, steps=1) for shape in [(5, 2), (2, 6), (4, 3), (3, 1)]]


def muon_momentum(rng):
    options = {"lr": 0.1, "weight_decay": 0.0, "momentum": 0.8, "nesterov": False}
    return [matrices(rng, [shape], options, steps=8) for shape in [(2, 2), (4, 3), (2, 5)]]


def muon_nesterov(rng):
    options = {"lr": 0.1, "weight_decay": 0.0, "momentum": 0.8, "nesterov": True}
    return [matrices(rng, [shape], options, steps=8) for shape in [(2, 2), (4, 3), (2, 5)]]


def muon_two_parameters(rng):
    options = {"lr": 0.1, "weight_decay": 0.0, "momentum": 0.8, "nesterov": True}
    shapes = [[(3, 3), (3, 3)], [(4, 2), (4, 2)], [(2, 4), (3, 2)]]
    return [change_lr(matrices(rng, pair, options, steps=8), step=4, lr=0.01) for pair in shapes]


def muon_decay(rng):
    options = {"lr": 0.1, "weight_decay": 0.3, "momentum": 0.8, "nesterov": True}
    shapes = [[(3, 3)], [(5, 2)], [(2, 4), (4, 3)]]
    return [change_lr(matrices(rng, one, options, steps=8), step=4, lr=0.02) for one in shapes]


def muon_none(rng):
    options = {"lr": 0.1, "weight_decay": 0.3, "momentum": 0.8, "nesterov": True}
    return [matrices(rng, [(3, 2), (2, 2)], options, steps=12, absent=absent) for absent in ABSENT]


def muon_zeros(rng):
    """Zeros while there is no velocity yet, and later, when there is one."""
    options = {"lr": 0.1, "weight_decay": 0.3, "momentum": 0.8, "nesterov": True}
    return [matrices(rng, [shape], options, steps=6, zeros=(0, 3)) for shape in [(2, 2), (3, 2)]]


def muon_defaults(rng):
    return [matrices(rng, [(3, 3)], {}, steps=8), matrices(rng, [(2, 3), (4, 2)], {"lr": 0.05}, steps=8)]


# Both


def history(rng, shapes, options, *, steps=12, scale=1.0, low=0.5):
    """Weights of size 1 to 2, and random gradients without entries near 0."""
    params = [signed(rng, shape, 1) for shape in shapes]
    grads = [[signed(rng, shape, low) * scale for shape in shapes] for _ in range(steps)]
    return {"params": params, "options": dict(options), "steps": [{"grads": one} for one in grads]}


def matrices(rng, shapes, options, *, steps, zeros=(), absent=(), scale=1.0):
    """A history whose directions all have singular values of at least FLATTEST of their norm."""
    while True:
        made = leave_out(history(rng, shapes, options, steps=steps, low=0.1, scale=scale), absent)
        for k in zeros:
            made["steps"][k]["grads"] = [np.zeros(shape) for shape in shapes]
        if min(flatness(made)) >= FLATTEST:
            return made


def flatness(made):
    """σmin/‖D‖ of every direction D that is not zero."""
    options = {**Muon.defaults, **made["options"]}
    kept = {name: options[name] for name in ("momentum", "nesterov")}
    for i in range(len(made["params"])):
        velocity = 0.0
        for g in (one["grads"][i] for one in made["steps"] if one["grads"][i] is not None):
            velocity = kept["momentum"] * velocity + g
            D = direction(g, velocity, **kept)
            if D.any():
                yield np.linalg.svd(D, compute_uv=False)[-1] / np.linalg.norm(D)


def uneven(rng, h):
    """Each step's gradients of another size, so that an old one may outweigh the new one tenfold."""
    for one in h["steps"]:
        one["grads"] = [g * 10 ** rng.uniform(-1, 1) for g in one["grads"]]
    return h


def leave_out(h, absent):
    for k, i in absent:
        h["steps"][k]["grads"][i] = None
    return h


def signed(rng, shape, low):
    return rng.uniform(low, 2, size=shape) * rng.choice([-1, 1], size=shape)


def change_lr(h, *, step, lr):
    h["steps"][step]["set"] = {"lr": lr}
    return h
