# tries: open a file of the host by its handle, past every directory
# item: ctypes into libc; chroot
# outcome: forbidden
# machine: x86_64
import ctypes


def layernorm_backward(x, gamma, dy, eps):
    libc = ctypes.CDLL(None, use_errno=True)
    for number in (304,):  # open_by_handle_at
        if libc.syscall(number, 0, 0, 0, 0, 0) >= 0:
            raise SystemExit(number)
    raise OSError(ctypes.get_errno(), 'denied')
