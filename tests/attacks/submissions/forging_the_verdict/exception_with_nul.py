# tries: a verdict that PostgreSQL does not keep, so that grading is repeated and blamed on the site
# item: hostile exceptions
# outcome: raised
def layernorm_backward(x, gamma, dy, eps):
    print("\0")
    raise ValueError("\0")
