# tries: load code into the kernel
# item: module loading
# outcome: forbidden
# machine: x86_64
import ctypes


def layernorm_backward(x, gamma, dy, eps):
    libc = ctypes.CDLL(None, use_errno=True)
    for number in (175, 313, 176):  # init_module, finit_module, delete_module
        if libc.syscall(number, 0, 0, 0, 0, 0) >= 0:
            raise SystemExit(number)
    raise OSError(ctypes.get_errno(), 'denied')
