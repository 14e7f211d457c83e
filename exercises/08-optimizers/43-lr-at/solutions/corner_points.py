import numpy as np


def lr_at(step, schedule, options):
    get = options.get
    if schedule == "step":
        lr = get("lr")
        for k in range(1, step + 1):
            if k % get("step_size") == 0:
                lr *= get("gamma")
        return lr
    top, n = get("max_lr"), get("total_steps")
    if schedule == "one_cycle":
        peak = get("pct_start") * n - 1
        corners = [(0, top / get("div_factor")), (peak, top)]
        corners.append((n - 1, top / get("div_factor") / get("final_div_factor")))
        return eased(step, corners)
    w = get("warmup_steps")
    if step < w:
        return np.interp(step, [-1, w - 1], [0, top])
    if schedule == "wsd":
        return np.interp(step, [n - 1 - get("decay_steps"), n - 1], [top, get("min_lr")])
    return eased(step, [(w, top), (n - 1, get("min_lr"))])


def eased(step, corners):
    """Half cosine waves through the corners."""
    for (a, low), (b, high) in zip(corners, corners[1:]):
        if step <= b:
            return low + (high - low) * (1 - np.cos(np.pi * (step - a) / (b - a))) / 2
