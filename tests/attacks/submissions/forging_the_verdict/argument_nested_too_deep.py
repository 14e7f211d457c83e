# tries: call the function that was given with a list in a list in a list ...
# item: a stub called with hostile arguments
# outcome: raised
# exercise: central_difference


def central_difference(f, x, h):
    deep = 0.5
    for _ in range(13):
        deep = [deep]
    return f(deep)
