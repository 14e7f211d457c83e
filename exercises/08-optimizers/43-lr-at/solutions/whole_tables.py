import numpy as np


def rising(max_lr, warmup_steps):
    return max_lr * np.arange(1, warmup_steps + 1) / max(1, warmup_steps)


def curve(start, stop, p):
    return stop + (start - stop) * np.cos(np.pi * p / 2) ** 2


def lr_at(step, schedule, options):
    """Build the rates of all steps, and read off one."""
    o = options
    if schedule == "step":
        table = o["lr"] * np.repeat(o["gamma"] ** np.arange(step + 1.0), o["step_size"])
        return float(table[step])
    n = o["total_steps"]
    if schedule == "one_cycle":
        low = o["max_lr"] / o["div_factor"]
        peak = o["pct_start"] * n - 1
        at = np.arange(n)
        up = curve(low, o["max_lr"], at / peak)
        down = curve(o["max_lr"], low / o["final_div_factor"], (at - peak) / (n - 1 - peak))
        return float(np.where(at < peak, up, down)[step])
    warm = rising(o["max_lr"], o["warmup_steps"])
    if schedule == "cosine":
        rest = curve(o["max_lr"], o["min_lr"], np.linspace(0, 1, n - len(warm)))
    else:
        stable = np.full(n - len(warm) - o["decay_steps"], o["max_lr"])
        rest = np.append(stable, np.linspace(o["max_lr"], o["min_lr"], o["decay_steps"] + 1)[1:])
    return float(np.append(warm, rest)[step])
