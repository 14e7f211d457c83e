# tries: loop for ever
# outcome: cpu_limit
def layernorm_backward(x, gamma, dy, eps):
    while True:
        pass
