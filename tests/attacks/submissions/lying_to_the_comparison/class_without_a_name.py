# tries: an object whose class has no name, for a sentence that begins with its first letter
# item: objects with __eq__
# outcome: structure
def layernorm_backward(x, gamma, dy, eps):
    return type("", (), {})()
