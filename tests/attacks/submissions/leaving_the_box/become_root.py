# tries: set the user id to 0
# item: setuid binaries
# outcome: forbidden
import os


def layernorm_backward(x, gamma, dy, eps):
    os.setuid(0)
