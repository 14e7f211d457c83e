# tries: no answer at all
# item: no answer at all
# outcome: structure
def layernorm_backward(x, gamma, dy, eps):
    return None
