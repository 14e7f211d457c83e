# tries: leave the root by dots
# item: chroot
# outcome: raised
import os


def layernorm_backward(x, gamma, dy, eps):
    for _ in range(50):
        os.chdir("..")
    return open("etc/passwd").read()
