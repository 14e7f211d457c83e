# tries: nest directories without end
# item: deep directories
# outcome: file_limit
import os


def layernorm_backward(x, gamma, dy, eps):
    while True:
        os.mkdir("d")
        os.chdir("d")
