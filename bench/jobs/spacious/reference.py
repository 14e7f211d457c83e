def cases(rng, group):
    return [{"x": rng.normal(size=5)}]


def expected(x):
    return 2 * x
