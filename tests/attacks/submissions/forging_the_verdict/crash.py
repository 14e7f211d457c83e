# tries: end by a segmentation fault
# item: a crash
# outcome: crashed
import ctypes


def layernorm_backward(x, gamma, dy, eps):
    ctypes.string_at(0)
