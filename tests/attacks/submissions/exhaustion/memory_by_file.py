# tries: take memory by files in the scratch directory
# item: full disk
# outcome: disk_limit
def layernorm_backward(x, gamma, dy, eps):
    for number in range(10**6):
        with open(str(number % 8), "ab") as file:
            file.write(bytes(1 << 16))
