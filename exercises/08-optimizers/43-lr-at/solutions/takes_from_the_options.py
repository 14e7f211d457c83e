from math import cos, pi


def lr_at(step, schedule, options):
    schedules = {"cosine": cosine, "step": steps, "one_cycle": one_cycle, "wsd": wsd}
    return schedules[schedule](step, options)


def cosine(step, o):
    warmup, total = o.pop("warmup_steps"), o.pop("total_steps")
    if step < warmup:
        return o["max_lr"] * (step + 1) / warmup
    p = (step - warmup) / (total - 1 - warmup)
    return o["min_lr"] + (o["max_lr"] - o["min_lr"]) * (1 + cos(pi * p)) / 2


def steps(step, o):
    return o["lr"] * o["gamma"] ** (step // o["step_size"])


def one_cycle(step, o):
    first = o["max_lr"] / o["div_factor"]
    last = first / o["final_div_factor"]
    peak = o["pct_start"] * o["total_steps"] - 1
    if step <= peak:
        return o["max_lr"] + (first - o["max_lr"]) * (1 + cos(pi * step / peak)) / 2
    p = (step - peak) / (o["total_steps"] - 1 - peak)
    return last + (o["max_lr"] - last) * (1 + cos(pi * p)) / 2


def wsd(step, o):
    if step < o["warmup_steps"]:
        return (step + 1) / o["warmup_steps"] * o["max_lr"]
    f = (step - (o["total_steps"] - 1 - o["decay_steps"])) / o["decay_steps"]
    return o["max_lr"] - (o["max_lr"] - o["min_lr"]) * max(0.0, f)
