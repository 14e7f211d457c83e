# tries: take memory in small pieces
# item: memory by list
# outcome: memory_limit
def layernorm_backward(x, gamma, dy, eps):
    kept = []
    while True:
        kept.append([0] * 1000)
