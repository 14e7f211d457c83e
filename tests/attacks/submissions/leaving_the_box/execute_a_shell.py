# tries: become another program
# item: memfd + exec
# outcome: forbidden
import os


def layernorm_backward(x, gamma, dy, eps):
    os.execv("/bin/sh", ["sh", "-c", "id"])
