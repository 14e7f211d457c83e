# tries: use up the inodes
# item: a million inodes
# outcome: file_limit
def layernorm_backward(x, gamma, dy, eps):
    for number in range(10**6):
        open(f"f{number}", "w").close()
