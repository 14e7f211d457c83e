"""The loop of the lesson, solved: each step multiplies the error 2w − target by 1 − 8η."""


def expected(w0, target, lr, steps):
    if steps < 1:
        raise ValueError("at least one step is promised")
    error = (1 - 8 * lr) ** steps * (2 * w0 - target)
    return (target + error) / 2, error**2


def cases(rng, group):
    return {"one_step": one_step, "many_steps": many_steps, "divergent": divergent}[group](rng)


def one_step(rng):
    return [{**start(rng), "lr": lr, "steps": 1} for lr in (0.05, 0.1, 0.2)]


def many_steps(rng):
    pairs = [(0.05, 2), (0.1, 2), (0.2, 3), (0.03, 5), (0.23, 8), (0.01, 12)]
    return [{**start(rng), "lr": lr, "steps": steps} for lr, steps in pairs]


def divergent(rng):
    return [{**start(rng), "lr": lr, "steps": 6} for lr in (0.3, 0.35, 0.4)]


def start(rng):
    """A weight and a target whose error 2w − target has a size between 2 and 5."""
    target, error = float(rng.uniform(-3, 3)), float(rng.choice([-1, 1]) * rng.uniform(2, 5))
    return {"w0": (target + error) / 2, "target": target}
