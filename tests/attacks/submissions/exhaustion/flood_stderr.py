# tries: write to stderr for ever
# item: endless stderr
# outcome: output_limit
import os


def layernorm_backward(x, gamma, dy, eps):
    while True:
        os.write(2, b"x" * 65536)
