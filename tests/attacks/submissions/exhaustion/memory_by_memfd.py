# tries: take memory that belongs to no process: anonymous files
# item: memory by memfd
# outcome: forbidden
import os


def layernorm_backward(x, gamma, dy, eps):
    files = []
    while True:
        files.append(os.memfd_create('owned'))
        os.write(files[-1], bytes(1 << 24))
