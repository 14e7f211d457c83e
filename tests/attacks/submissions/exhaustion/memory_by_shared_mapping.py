# tries: take memory that is not counted as data: shared mappings
# item: memory by mmap
# outcome: forbidden
import mmap


def layernorm_backward(x, gamma, dy, eps):
    kept = []
    while True:
        page = mmap.mmap(-1, 1 << 24)
        page.write(b"x" * (1 << 24))
        kept.append(page)
