# tries: keep memory that is resident nowhere: shared, written to, and dropped from its tables of pages
# item: memory by mmap
# outcome: forbidden
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
libc.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
SIZE, SHARED, DONTNEED = 4 << 20, 0x21, 4


def layernorm_backward(x, gamma, dy, eps):
    for _ in range(64):  # twice what it may have
        start = libc.mmap(None, SIZE, 3, SHARED, -1, 0)
        if start == 2**64 - 1:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        ctypes.memset(start, 1, SIZE)
        libc.madvise(start, SIZE, DONTNEED)
    return x, gamma, gamma
