# tries: reserve the host's pool of huge pages, which is in no count of resident memory
# item: memory by mmap
# outcome: forbidden
import mmap


def layernorm_backward(x, gamma, dy, eps):
    kept = []
    while True:
        kept.append(mmap.mmap(-1, 2 << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x40000))
