# tries: take a descriptor out of another process
# item: ptrace of a stranger
# outcome: forbidden
# machine: x86_64
import ctypes
import os


def layernorm_backward(x, gamma, dy, eps):
    libc = ctypes.CDLL(None, use_errno=True)
    pidfd = libc.syscall(434, os.getppid() or 1, 0)  # pidfd_open
    if libc.syscall(438, pidfd, 3, 0) < 0:  # pidfd_getfd
        raise OSError(ctypes.get_errno(), 'denied')
