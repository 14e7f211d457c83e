"""Autograd on the whole batch; torch's clipping around a schedule and a scale."""

import numpy as np
import torch


def whole_batch(grad, params, x, y, size):
    return mean_gradients(params, x, y)


def mean_gradients(params, x, y):
    """Of a linear layer with tanh behind it, half the squared error."""
    W, b = (torch.tensor(p, dtype=torch.float64, requires_grad=True) for p in params)
    out = torch.tanh(torch.as_tensor(x) @ W.T + b)
    loss = 0.5 * ((out - torch.as_tensor(y)) ** 2).sum(dim=1).mean()
    return [g.numpy() for g in torch.autograd.grad(loss, (W, b))]


class Model:
    """What `grad` stands for: it has memory for so many rows at a time."""

    def __init__(self, most):
        self.most = most

    def __call__(self, params, x, y):
        if not 0 < len(x) <= self.most:
            raise ValueError(f"{len(x)} rows")
        return mean_gradients(params, x, y)


class LossScaler:
    def __init__(self, params, schedule, max_norm=1.0, init_scale=65536.0, growth_interval=2000):
        self.params, self.schedule, self.max_norm = params, schedule, max_norm
        self.scale, self.interval = init_scale, growth_interval
        self.taken, self.streak = [], 0

    def step(self, grads):
        leaves = [torch.zeros(p.shape, dtype=torch.float64, requires_grad=True) for p in self.params]
        for leaf, g in zip(leaves, grads, strict=True):
            leaf.grad = None if g is None else torch.tensor(np.asarray(g, dtype=np.float64)) / self.scale
        length = torch.nn.utils.clip_grad_norm_(leaves, self.max_norm)
        if not torch.isfinite(length):
            self.scale, self.streak = self.scale / 2, 0
            return
        rate = self.schedule[len(self.taken)]
        for p, leaf in zip(self.params, leaves, strict=True):
            if leaf.grad is not None:
                p[...] = p - rate * leaf.grad.numpy()
        self.taken.append(rate)
        self.streak += 1
        if self.streak >= self.interval:
            self.scale, self.streak = self.scale * 2, 0


# batches

SIZES = {"equal": [(9, 3), (6, 2), (12, 4)], "ragged": [(10, 3), (7, 2), (13, 4)], "one": [(3, 5), (4, 4)]}


def cases(rng, group):
    return [batch(rng, n, size) for n, size in SIZES[group]]


def batch(rng, n, size):
    """Later rows are larger, so that every micro-batch has another mean."""
    x = rng.normal(size=(n, 3)) * np.linspace(0.5, 2, n)[:, None]
    y = signed(rng, (n, 2)) * np.linspace(0.5, 2, n)[:, None]
    params = [0.5 * signed(rng, (2, 3)), 0.5 * signed(rng, (2,))]
    return {"grad": Model(size), "params": params, "x": x, "y": y, "size": size}


# histories: gradients are made before they are scaled, and scaled as the reference would have it

SHAPES = [[(2,), (3,)], [(2, 3), (4,)], [(3,), (2, 2), (1,)]]
BAD = [np.inf, -np.inf, np.nan]


def histories(rng, group):
    return MAKERS[group](rng)


def plain(rng):
    """Nothing is clipped, not even what is still scaled."""
    return [history(rng, shapes, max_norm=1e6, rates=[0.1] * 4) for shapes in SHAPES]


def clipped(rng):
    """Half of the steps are."""
    return [history(rng, shapes, max_norm=0.3, rates=[0.1] * 5, sizes=SIZES_CLIPPED) for shapes in SHAPES]


SIZES_CLIPPED = (1.0, 0.2, 3.0, 0.15, 1.5)


def half(rng):
    """As a backward pass in float16 hands them over. Unscaled they are too small for it, and 65536 is too
    large.
    """
    made = []
    for shapes, scale in zip(SHAPES, (65536.0, 4096.0, 65536.0), strict=True):
        made.append(history(rng, shapes, scale=scale, sizes=(3e-6, 1e-6, 2e-6), rates=[1e4] * 3))
        for step in made[-1]["steps"]:
            step["grads"] = [g.astype(np.float16) for g in step["grads"]]
    return made


def overflow(rng):
    """Some steps are bad, in one element of one array; the rate is always the same."""
    return [
        history(rng, shapes, bad={1: BAD[k], 3: BAD[(k + 1) % 3]}, rates=[0.1] * 6)
        for k, shapes in enumerate(SHAPES)
    ]


def scheduled(rng):
    return [history(rng, shapes, bad={1: BAD[k], 2: np.inf}) for k, shapes in enumerate(SHAPES)]


def growing(rng):
    """The count begins anew after an overflow and after a growth."""
    return [
        history(rng, SHAPES[0], interval=3, n=10, bad={1: np.inf}),
        history(rng, SHAPES[1], interval=2, n=9, bad={4: np.nan}),
        history(rng, SHAPES[2], interval=1, n=5),
    ]


def written(rng):
    """As if the loop had taken another scale: after that the gradients are scaled with it."""
    made = [history(rng, shapes, rates=[0.1] * 5) for shapes in SHAPES]
    for one, scale in zip(made, (256.0, 4096.0, 512.0), strict=True):
        for k, step in enumerate(one["steps"]):
            step["grads"] = [g * (scale / 1024.0 if k > 1 else 1.0) for g in step["grads"]]
        one["steps"][2]["set"] = {"scale": scale}
    return made


def none(rng):
    """Some are clipped beside those that are not there."""
    sizes = (0.5, 1.0, 1.5, 1.2)
    made = [history(rng, shapes, sizes=sizes, bad={2: BAD[k]}, without=k) for k, shapes in enumerate(SHAPES)]
    made[1]["steps"][3]["grads"] = [None] * len(SHAPES[1])
    made[2]["steps"][4]["grads"] = [0.0 * g for g in made[2]["steps"][4]["grads"]]
    return made


def defaults(rng):
    """2000 steps, after which the scale is 2¹⁷; and one step with the norm of 4."""
    shapes, rates = [(2,)], [1e-3] * 1998 + [0.1] * 6
    grads = [[4 * 65536 * signed(rng, (2,))]] + [[65536 * 0.1 * signed(rng, (2,))] for _ in range(1999)]
    grads += [[2 * 65536 * 0.1 * signed(rng, (2,))] for _ in range(3)]
    params = [rng.uniform(-1, 1, size=shape) for shape in shapes]
    return [{"params": params, "options": {"schedule": rates}, "steps": [{"grads": g} for g in grads]}]


def history(
    rng,
    shapes,
    *,
    n=6,
    scale=1024.0,
    interval=100,
    max_norm=0.8,
    rates=None,
    sizes=(1.0, 0.5, 1.5, 0.7),
    bad=None,
    without=None,
):
    """`bad` is what stands in some steps' gradients, `without` an array that has none in every other step."""
    n = len(rates) if rates else n
    rates = rates or [float(rate) for rate in rng.permutation(np.linspace(0.04, 0.3, n))]
    options = {
        "schedule": rates,
        "max_norm": max_norm,
        "init_scale": scale,
        "growth_interval": interval,
    }
    params = [rng.uniform(-1, 1, size=shape) for shape in shapes]
    steps, streak = [], 0
    for k in range(n):
        grads = gradients(rng, shapes, sizes[k % len(sizes)])
        if without is not None and k % 2:
            grads[without] = None
        found = (bad or {}).get(k)
        steps.append({"grads": [None if g is None else scale * g for g in grads]})
        if found is not None:
            spoil(rng, steps[-1]["grads"], found)
        streak = 0 if found is not None else streak + 1
        scale = scale / 2 if found is not None else scale
        if streak == interval:
            scale, streak = 2 * scale, 0
    return {"params": params, "options": options, "steps": steps}


def gradients(rng, shapes, size):
    """Of the given norm together, without elements near 0."""
    grads = [signed(rng, shape) for shape in shapes]
    length = np.sqrt(sum(np.sum(g**2) for g in grads))
    return [g * (size / length) for g in grads]


def spoil(rng, grads, found):
    """One element of the last array that is there."""
    array = [g for g in grads if g is not None][-1]
    array.flat[int(rng.integers(array.size))] = found


def signed(rng, shape):
    return rng.uniform(0.5, 2, size=shape) * rng.choice([-1, 1], size=shape)


MAKERS = {
    "plain": plain,
    "clipped": clipped,
    "half": half,
    "overflow": overflow,
    "scheduled": scheduled,
    "growing": growing,
    "written": written,
    "none": none,
    "defaults": defaults,
    "untouched": scheduled,
}
