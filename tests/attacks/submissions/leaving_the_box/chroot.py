# tries: change the root the old way
# item: chroot
# outcome: forbidden
# machine: x86_64
import ctypes


def layernorm_backward(x, gamma, dy, eps):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(161, b"/work") < 0:
        raise OSError(ctypes.get_errno(), "denied")
