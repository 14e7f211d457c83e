# tries: loop for ever
# item: endless loop
# outcome: cpu_limit
def layernorm_backward(x, gamma, dy, eps):
    while True:
        pass
