# tries: a file that says it is a terabyte long
# item: sparse files
# outcome: disk_limit
import os


def layernorm_backward(x, gamma, dy, eps):
    os.ftruncate(os.open("big", os.O_CREAT | os.O_RDWR), 1 << 40)
