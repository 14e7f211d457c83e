# tries: use up the descriptors
# item: descriptors
# outcome: descriptor_limit
def layernorm_backward(x, gamma, dy, eps):
    kept = [open("/dev/null") for _ in range(10**6)]
