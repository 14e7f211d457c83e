# tries: execute a program that lies in memory only
# item: memfd + exec
# outcome: forbidden
import os


def layernorm_backward(x, gamma, dy, eps):
    os.write(os.memfd_create("x"), b"\x7fELF")
