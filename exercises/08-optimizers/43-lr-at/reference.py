"""torch's own schedules where it has one; elsewhere tables of ramps and waves laid end to end."""

import math

import torch

FLOAT = torch.float64


def cosine(step, schedule, options):
    o = options
    top, low, w = o["max_lr"], o["min_lr"], o["warmup_steps"]
    refuse_unless(0 <= w < o["total_steps"] - 1)
    angle = torch.linspace(0, math.pi, o["total_steps"] - w, dtype=FLOAT)
    wave = (top + low) / 2 + (top - low) / 2 * torch.cos(angle)
    return torch.cat([ramp(top, w), wave])[step].item()


def stable(step, schedule, options):
    o = options
    top, w, d = o["max_lr"], o["warmup_steps"], o["decay_steps"]
    refuse_unless(w >= 0 and 0 < d <= o["total_steps"] - 1 - w)
    plateau = torch.full((o["total_steps"] - w - d - 1,), top, dtype=FLOAT)
    descent = torch.linspace(top, o["min_lr"], d + 1, dtype=FLOAT)
    return torch.cat([ramp(top, w), plateau, descent])[step].item()


def refuse_unless(kept):
    """No smaller input is shown than one in which every piece has a first and a last step."""
    if not kept:
        raise ValueError("a piece of the schedule is empty")


def ramp(top, w):
    """top/w, 2·top/w, …, top."""
    return torch.linspace(0, top, w + 1, dtype=FLOAT)[1:]


def steps(step, schedule, options):
    kept = {name: options[name] for name in ("step_size", "gamma")}
    return driven(torch.optim.lr_scheduler.StepLR, step, lr=options["lr"], **kept)


def one_cycle(step, schedule, options):
    refuse_unless(0 < options["pct_start"] * options["total_steps"] - 1 < options["total_steps"] - 1)
    return driven(torch.optim.lr_scheduler.OneCycleLR, step, lr=0.0, cycle_momentum=False, **options)


def driven(scheduler, step, *, lr, **options):
    """What one of torch's schedulers has written after that many steps."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=lr)
    schedule = scheduler(optimizer, **options)
    for _ in range(step):
        optimizer.step()
        schedule.step()
    return float(optimizer.param_groups[0]["lr"])


def cases(rng, group):
    schedule = group.removesuffix("_without_warmup").removesuffix("_left_alone")
    return [
        {"step": step, "schedule": schedule, "options": options}
        for options in SETTINGS[group](rng)
        for step in range(options.get("total_steps", 14))
    ]


def with_warmup(rng):
    return [{**between(rng), "warmup_steps": w, "total_steps": t} for w, t in [(3, 10), (5, 13), (1, 6)]]


def without_warmup(rng):
    return [{**between(rng), "warmup_steps": 0, "total_steps": t} for t in (8, 5)]


def stairs(rng):
    """gamma is not ½, where gamma and 1 − gamma are the same."""
    return [{"lr": rate(rng), "step_size": n, "gamma": float(rng.uniform(0.6, 0.8))} for n in (4, 3)]


def cycles(rng):
    """A peak between two steps in the first, on a step in the others."""
    shapes = [(13, 0.4), (10, 0.3), (16, 0.25)]
    return [{"max_lr": rate(rng), "total_steps": t, "pct_start": pct, **divisors(rng)} for t, pct in shapes]


def plateaus(rng):
    lengths = [(3, 4, 12), (2, 5, 10), (0, 3, 8)]
    names = ("warmup_steps", "decay_steps", "total_steps")
    return [{**between(rng), **dict(zip(names, three, strict=True))} for three in lengths]


def between(rng):
    top = rate(rng)
    return {"max_lr": top, "min_lr": top * float(rng.uniform(0.1, 0.2))}


def divisors(rng):
    return {"div_factor": float(rng.uniform(4, 6)), "final_div_factor": float(rng.uniform(8, 12))}


def rate(rng):
    return float(rng.uniform(0.005, 0.02))


SETTINGS = {
    "cosine": with_warmup,
    "cosine_left_alone": with_warmup,
    "cosine_without_warmup": without_warmup,
    "step": stairs,
    "one_cycle": cycles,
    "wsd": plateaus,
}
