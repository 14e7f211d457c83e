# tries: fork twice by the C library, so that the grandchild belongs to nobody
# item: children that double-fork
# outcome: process_limit
import ctypes
import os


def layernorm_backward(x, gamma, dy, eps):
    libc = ctypes.CDLL(None, use_errno=True)
    for fork in (libc.fork, libc.vfork):
        if fork() >= 0:
            fork()
            os._exit(0)
    raise OSError(ctypes.get_errno(), 'denied')
