# tries: make system calls past the filter by io_uring
# item: io_uring
# outcome: forbidden
# machine: x86_64
import ctypes


def layernorm_backward(x, gamma, dy, eps):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(425, 8, 0) < 0:
        raise OSError(ctypes.get_errno(), "denied")
