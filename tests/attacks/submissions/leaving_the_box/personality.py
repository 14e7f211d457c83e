# tries: switch off address randomisation
# item: personality
# outcome: forbidden
# machine: x86_64
import ctypes


def layernorm_backward(x, gamma, dy, eps):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(135, 0x0040000) < 0:
        raise OSError(ctypes.get_errno(), "denied")
