from math import cos, pi


def lr_at(step, schedule, options):
    schedules = {"cosine": cosine, "step": steps, "one_cycle": one_cycle, "wsd": wsd}
    return schedules[schedule](step, **options)


def cosine(step, max_lr, min_lr, warmup_steps, total_steps):
    if step < warmup_steps:
        return max_lr * (step + 1) / warmup_steps
    p = (step - warmup_steps) / (total_steps - 1 - warmup_steps)
    return min_lr + (max_lr - min_lr) * (1 + cos(pi * p)) / 2


def steps(step, lr, step_size, gamma):
    return lr * gamma ** (step // step_size)


def one_cycle(step, max_lr, total_steps, pct_start, div_factor, final_div_factor):
    first = max_lr / div_factor
    last = first / final_div_factor
    peak = pct_start * total_steps
    if step <= peak:
        return max_lr + (first - max_lr) * (1 + cos(pi * step / peak)) / 2
    return last + (max_lr - last) * (1 + cos(pi * (step - peak) / (total_steps - 1 - peak))) / 2


def wsd(step, max_lr, min_lr, warmup_steps, decay_steps, total_steps):
    if step < warmup_steps:
        return (step + 1) / warmup_steps * max_lr
    f = (step - (total_steps - 1 - decay_steps)) / decay_steps
    return max_lr - (max_lr - min_lr) * max(0.0, f)
