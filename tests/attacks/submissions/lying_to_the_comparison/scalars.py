# tries: one number for each array, which would broadcast
# item: a scalar for an array
# outcome: structure | shape
def layernorm_backward(x, gamma, dy, eps):
    return 0.0, 0.0, 0.0
