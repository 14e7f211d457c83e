# tries: read other processes' memory by process_vm_readv
# item: process_vm_readv
# outcome: forbidden
import ctypes


def layernorm_backward(x, gamma, dy, eps):
    libc = ctypes.CDLL(None, use_errno=True)
    for pid in range(1, 1000):
        libc.process_vm_readv(pid, 0, 0, 0, 0, 0)
