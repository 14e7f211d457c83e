def lr_at(step, schedule, options):
    """The learning rate of one step.

    step: counts from 0
    schedule: "cosine", "step", "one_cycle" or "wsd"
    options: a dict, with the keys that belong to the schedule
    """
    ...
