# tries: push a library that everybody uses out of memory, so that it has to be read from the disk again
# item: the host's disk
# outcome: forbidden
import ctypes
import mmap
import os

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
libc.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
PAGEOUT = 21


def layernorm_backward(x, gamma, dy, eps):
    with open(os.__file__, "rb") as file:
        size = os.fstat(file.fileno()).st_size
        start = libc.mmap(None, size, mmap.PROT_READ, mmap.MAP_PRIVATE, file.fileno(), 0)
    while libc.madvise(start, size, PAGEOUT) == 0:
        pass
    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
