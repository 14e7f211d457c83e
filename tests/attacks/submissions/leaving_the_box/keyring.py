# tries: read the session's keyring
# item: keyctl
# outcome: forbidden
# machine: x86_64
import ctypes


def layernorm_backward(x, gamma, dy, eps):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(250, 0, -3, 1) < 0:
        raise OSError(ctypes.get_errno(), "denied")
