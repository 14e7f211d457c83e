# tries: call the function that was given with a hundred thousand values
# item: a stub called with hostile arguments
# outcome: raised
# exercise: central_difference


def central_difference(f, x, h):
    return f([None] * 99_994)
