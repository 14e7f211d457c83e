# tries: load a program into the kernel
# item: bpf
# outcome: forbidden
# machine: x86_64
import ctypes


def layernorm_backward(x, gamma, dy, eps):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(321, 5, 0, 0) < 0:
        raise OSError(ctypes.get_errno(), "denied")
