# tries: use up the kernel's list of mappings
# item: memory by mmap
# outcome: memory_limit | cpu_limit
import mmap


def layernorm_backward(x, gamma, dy, eps):
    kept, own = [], mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
    while True:
        kept.append(mmap.mmap(-1, 4096, flags=own, prot=mmap.PROT_READ))
        kept.append(mmap.mmap(-1, 4096, flags=own, prot=mmap.PROT_READ | mmap.PROT_WRITE))
