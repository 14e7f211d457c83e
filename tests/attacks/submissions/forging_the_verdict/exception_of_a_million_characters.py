# tries: an exception with a text of a million characters and a thousand causes
# item: hostile exceptions
# outcome: raised
def layernorm_backward(x, gamma, dy, eps):
    error, text = None, "passed " * 10**5
    for _ in range(1000):
        last, error = error, ValueError(text)
        error.__cause__ = last
    raise error
