# tries: read the parent's memory by ptrace
# item: ptrace; parent memory
# outcome: forbidden
import ctypes


def layernorm_backward(x, gamma, dy, eps):
    libc = ctypes.CDLL(None, use_errno=True)
    return libc.ptrace(16, 1, 0, 0)  # PTRACE_ATTACH
