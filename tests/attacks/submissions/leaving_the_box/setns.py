# tries: join another process's namespaces
# item: setns
# outcome: forbidden
# machine: x86_64
import ctypes


def layernorm_backward(x, gamma, dy, eps):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(308, 0, 0) < 0:
        raise OSError(ctypes.get_errno(), "denied")
